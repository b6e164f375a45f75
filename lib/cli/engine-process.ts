import { spawn, type ChildProcess } from "node:child_process";
import { NotJudgedError } from "./user-error";

/** A run of the engine that has ended. */
export interface EngineRun {
  readonly code: number;
  /** All that it has printed, where it was not shown. */
  readonly output: string;
  /** The signal that this command got meanwhile. */
  readonly stoppedBy?: NodeJS.Signals;
}

const STOPPING: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs the engine, and waits until it has ended whatever happens: it cleans up what it has started.
 * @throws NotJudgedError where it cannot be started
 */
export function runEngine(args: readonly string[], env: NodeJS.ProcessEnv, shown: boolean): Promise<EngineRun> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, {
      env,
      windowsHide: true,
      stdio: shown ? "inherit" : ["inherit", "pipe", "pipe"],
    });
    const output: Buffer[] = [];
    child.stdout?.on("data", (data: Buffer) => output.push(data));
    child.stderr?.on("data", (data: Buffer) => output.push(data));
    const signals = new ForwardedSignals(child);
    child.on("error", (error) => {
      signals.stop();
      reject(
        new NotJudgedError(`pulumi cannot be started (${error.message}): see https://www.pulumi.com/docs/install`),
      );
    });
    child.on("close", (code) => {
      signals.stop();
      const { first } = signals;
      const text = Buffer.concat(output).toString();
      resolve({ code: code ?? 1, output: text, ...(first === undefined ? {} : { stoppedBy: first }) });
    });
  });
}

/** Passes signals on to the engine: the first asks it to end in order, the next one ends it. */
class ForwardedSignals {
  first: NodeJS.Signals | undefined;

  private readonly forward = (signal: NodeJS.Signals): void => {
    const isSecond = this.first !== undefined;
    this.first ??= signal;
    // Ctrl-C in a terminal reaches the engine by itself, and a second one would make it leave things behind.
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    this.child.kill(isSecond ? "SIGKILL" : "SIGINT");
  };

  constructor(private readonly child: ChildProcess) {
    for (const signal of STOPPING) process.on(signal, this.forward);
  }

  stop(): void {
    for (const signal of STOPPING) process.off(signal, this.forward);
  }
}
