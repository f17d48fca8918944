//! Functions of floating-point numbers that give the same bits on every platform.
//!
//! The standard library takes `ln`, `exp` and `powf` from the platform, and platforms differ in the last bit. Pairs and
//! findings are decided by comparing such numbers, so a last bit can decide. These are libm's, in Rust. What IEEE 754 defines
//! to the last bit needs no substitute: addition, multiplication, division, square root, rounding. `clippy.toml` bans the
//! standard library's functions.

/// The natural logarithm.
pub(crate) fn ln(x: f32) -> f32 {
    libm::logf(x)
}

/// The natural logarithm, in double precision.
pub(crate) fn ln_f64(x: f64) -> f64 {
    libm::log(x)
}

/// The natural logarithm of 1 + x.
pub(crate) fn ln_1p(x: f32) -> f32 {
    libm::log1pf(x)
}

/// The binary logarithm.
pub(crate) fn log2(x: f32) -> f32 {
    libm::log2f(x)
}

/// The decimal logarithm, in double precision.
pub(crate) fn log10_f64(x: f64) -> f64 {
    libm::log10(x)
}

/// e to the power x.
pub(crate) fn exp(x: f32) -> f32 {
    libm::expf(x)
}

/// 2 to the power x.
pub(crate) fn exp2(x: f32) -> f32 {
    libm::exp2f(x)
}

/// A base to a power.
pub(crate) fn powf(base: f32, exponent: f32) -> f32 {
    libm::powf(base, exponent)
}

/// A base to a whole power, in double precision.
pub(crate) fn powi_f64(base: f64, exponent: i32) -> f64 {
    let (mut power, mut square, mut rest) = (1.0, base, exponent.unsigned_abs());
    while rest > 0 {
        if rest % 2 == 1 {
            power *= square;
        }
        square *= square;
        rest /= 2;
    }
    if exponent < 0 { 1.0 / power } else { power }
}

/// The logarithm of the sum of numbers that are given by their logarithms.
pub(super) fn log_sum_exp(terms: &[f32]) -> f32 {
    let top = terms.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if terms.len() < 2 || top == f32::NEG_INFINITY {
        return top;
    }
    top + ln(terms.iter().map(|term| exp(term - top)).sum::<f32>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_give_the_same_bits_everywhere() {
        let found = [
            ln(0.1),
            ln(3.0),
            ln(1e-30),
            ln_1p(0.7),
            log2(10.0),
            exp(-0.3),
            exp(-17.5),
            exp2(-0.35),
            exp2(4.625),
            powf(7.0, -1.1),
            powf(2047.0, -1.2),
            log_sum_exp(&[-1.0, -2.5, -7.25]),
        ];
        let bits = [
            0xc013_5d8e,
            0x3f8c_9f54,
            0xc28a_27b5,
            0x3f07_d741,
            0x4054_9a78,
            0x3f3d_a643,
            0x32d7_b174,
            0x3f48_da81,
            0x41c5_672a,
            0x3df0_d61d,
            0x38de_fdd4,
            0xbf4c_08d2,
        ];
        assert_eq!(found.map(f32::to_bits), bits);
    }

    #[test]
    fn functions_in_double_precision_give_the_same_bits_everywhere() {
        let found =
            [ln_f64(0.6), ln_f64(1e100), log10_f64(1234.5), powi_f64(10.0, 23), powi_f64(10.0, -7), powi_f64(1.3, 9)];
        let bits = [
            0xbfe0_58ae_fa81_1452,
            0x406c_c845_b54b_54f2,
            0x4008_bb5f_aece_0c80,
            0x44b5_2d02_c7e1_4af6,
            0x3e7a_d7f2_9abc_af48,
            0x4025_3580_f11a_f99c,
        ];
        assert_eq!(found.map(f64::to_bits), bits);
    }

    #[test]
    fn a_sum_of_numbers_that_are_all_nothing_is_nothing() {
        assert_eq!(log_sum_exp(&[]), f32::NEG_INFINITY);
        assert_eq!(log_sum_exp(&[f32::NEG_INFINITY, f32::NEG_INFINITY]), f32::NEG_INFINITY);
        assert_eq!(log_sum_exp(&[-3.0]), -3.0);
    }
}
