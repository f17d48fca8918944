//! The `dama-pub` program.

fn main() -> std::process::ExitCode {
    dama_pub::run()
}
