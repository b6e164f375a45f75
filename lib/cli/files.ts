import { mkdir, mkdtemp, open, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NotJudgedError, UserError } from "./user-error";

/** @throws UserError where the file cannot be read */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${reasonOf(error)}`);
  }
}

/**
 * Writes a file whole or not at all: whoever reads it at the same time, and whoever comes after a full disk, finds the
 * former text or the new one.
 * @throws UserError where the file cannot be written; NotJudgedError where the machine is why
 */
export async function writeText(file: string, text: string): Promise<void> {
  try {
    const target = await realpath(file).catch(() => file);
    const present = await stat(target).catch(() => undefined);
    // A terminal or a pipe has no whole that could be replaced.
    if (present !== undefined && !present.isFile()) await writeFile(target, text);
    else await replaceFile(target, text, present?.mode);
  } catch (error) {
    const problem = `${file} cannot be written: ${reasonOf(error)}`;
    throw isOfMachine(error) ? new NotJudgedError(problem) : new UserError(problem);
  }
}

/**
 * Makes a folder, with those that it is in, unless it is there.
 * @throws UserError where it cannot be made
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new UserError(`${folder} cannot be made: ${reasonOf(error)}`);
  }
}

/** Whether a write failed since the machine has no room or a broken disk, whatever file it is. */
function isOfMachine(error: unknown): boolean {
  return error instanceof Error && "code" in error && OF_MACHINE.has(error.code);
}

const OF_MACHINE: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EIO", "EMFILE", "ENFILE"]);

/**
 * Works in a temporary folder, which is gone afterwards.
 * @throws NotJudgedError where there can be none
 */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "hyperv-guard-")).catch((error: unknown) => {
    throw new NotJudgedError(
      `${tmpdir()} cannot hold a temporary folder: ${reasonOf(error)}. Set TMPDIR to one that can.`,
    );
  });
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function replaceFile(target: string, text: string, mode = 0o666): Promise<void> {
  const unfinished = `${target}.${String(process.pid)}.tmp`;
  try {
    const handle = await open(unfinished, "w", mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** What the usual errors of the system are for a person: Node.js says `EISDIR: illegal operation on a directory, read`. */
const REASONS: Readonly<Partial<Record<string, string>>> = {
  EACCES: "permission denied",
  EEXIST: "there is a file of this name",
  EISDIR: "it is a folder",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of its path is no folder",
  EROFS: "the file system is read-only",
};

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "an unknown error";
  const code = "code" in error ? error.code : undefined;
  return (typeof code === "string" ? REASONS[code] : undefined) ?? error.message;
}
