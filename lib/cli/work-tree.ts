import { execFile } from "node:child_process";
import { dirname } from "node:path";

/** Whether git has all that is in the work tree of a file, so that a change of it can be seen and taken back. */
export function isClean(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(
      "git",
      ["status", "--porcelain", "--untracked-files=no"],
      { cwd: dirname(file), windowsHide: true },
      (error, changes) => {
        // A file that git does not have could not be taken back either.
        if (error !== null || changes !== "") resolve(false);
        else
          execFile("git", ["ls-files", "--error-unmatch", "--", file], { cwd: dirname(file) }, (unknown) => {
            resolve(unknown === null);
          });
      },
    );
  });
}
