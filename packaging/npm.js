#!/usr/bin/env node
"use strict";

// Runs the program that npm has installed for this platform. Nothing is fetched and nothing is run at installation.

const { spawnSync } = require("node:child_process");

function isMusl() {
  if (process.platform !== "linux") return false;
  const report = process.report && process.report.getReport();
  const header = typeof report === "string" ? JSON.parse(report).header : report && report.header;
  return !(header && header.glibcVersionRuntime);
}

const name = ["@dama-pub/dama-pub", process.platform, process.arch, isMusl() ? "musl" : ""].filter(Boolean).join("-");
const exe = process.platform === "win32" ? "dama-pub.exe" : "dama-pub";

let program;
try {
  program = require.resolve(`${name}/bin/${exe}`);
} catch {
  console.error(`dama-pub: the package ${name} is not installed.`);
  console.error("Either there is no dama-pub for this platform, or npm was told to leave optional dependencies out (--omit=optional).");
  process.exit(2);
}

const ended = spawnSync(program, process.argv.slice(2), { stdio: "inherit", windowsHide: true });
if (ended.error) {
  console.error(`dama-pub: ${ended.error.message}`);
  process.exit(2);
}
if (ended.signal) {
  process.kill(process.pid, ended.signal);
}
process.exit(ended.status === null ? 2 : ended.status);
