// The server under test: its own data folder, its own port, killed and restarted at will.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "./until.mjs";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LOG_LINES_KEPT = 60;

/** The binary to test: PLAZA_BIN, else the release build, else the debug build. */
export function binary() {
  const built = ["release", "debug"].map((profile) => join(ROOT, "target", profile, "plaza"));
  const found = [process.env.PLAZA_BIN, ...built].find((path) => path && existsSync(path));
  if (!found) throw new Error("There is no server to test. Run `make build`, or set PLAZA_BIN.");
  return found;
}

export class Server {
  /** Starts a server on a new data folder and a free port. */
  static async start() {
    const server = new Server();
    server.folder = await mkdtemp(join(tmpdir(), "plaza-e2e-"));
    server.port = await freePort();
    server.log = [];
    await server.run();
    return server;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Runs on the folder and port it has: the first time, or after a kill. */
  async run() {
    const env = { ...process.env, PLAZA_DATA: this.folder, PLAZA_LISTEN: `127.0.0.1:${this.port}` };
    const process_ = spawn(binary(), ["serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
    this.process = process_;
    this.exited = new Promise((resolve) => process_.once("exit", resolve));
    for (const stream of [process_.stdout, process_.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        this.log.push(...text.trimEnd().split("\n"));
        this.log.splice(0, this.log.length - LOG_LINES_KEPT);
      });
    }
    await until("the server to be healthy", async (saw) => {
      if (process_.exitCode !== null) saw(this.log.join("\n"));
      return (await fetch(`${this.url}/healthz`)).ok;
    });
  }

  /** Ends it as a power cut would. */
  async kill9() {
    this.process.kill("SIGKILL");
    await this.exited;
  }

  /** Ends it as an operator would, and removes its folder. */
  async stop() {
    this.process.kill("SIGTERM");
    const cut = setTimeout(() => this.process.kill("SIGKILL"), 12_000);
    await this.exited;
    clearTimeout(cut);
    await rm(this.folder, { recursive: true, force: true });
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
