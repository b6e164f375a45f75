import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { extract } from "../previews/npm";
import { temporaryFolder } from "../previews/program";
import { ROOT } from "../root";

interface Manifest {
  readonly main: string;
  readonly types: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly repository: { readonly url: string };
  readonly homepage: string;
  readonly bugs: { readonly url: string };
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

interface Shrinkwrap {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly integrity?: string }>>;
}

describe("the package that is published", () => {
  const folder = temporaryFolder();
  const content = join(folder, "package");
  let integrity: string;
  let tarball: string;

  before(async function () {
    this.timeout(120_000);
    const { makePackage } = await import("../../tools/package.mjs");
    ({ integrity, file: tarball } = await makePackage(folder));
    extract(tarball, folder);
  });

  function json(file: string): unknown {
    return JSON.parse(readFileSync(join(content, file), "utf8"));
  }

  it("has a command that works without any other package, and makes the page of the HTML report", () => {
    const state = join(folder, "state.json");
    writeFileSync(state, JSON.stringify({ version: 3, deployment: { resources: [] } }));
    const main = join(content, (json("package.json") as Manifest).bin["hyperv-guard"] ?? "");
    const { stdout, status } = spawnSync(process.execPath, [main, "check", "--state", state, "--format", "html"], {
      encoding: "utf8",
    });
    assert.equal(status, 0);
    assert.match(stdout, /<script>\/\* This page contains preact\./);
  });

  it("has every file that its manifest names, and says where it comes from", () => {
    const { main, types, bin, exports, repository, homepage, bugs } = json("package.json") as Manifest;
    const exported = Object.values(exports).flatMap((one) => (typeof one === "string" ? one : Object.values(one)));
    for (const file of [main, types, ...Object.values(bin), ...exported]) {
      assert.ok(existsSync(join(content, file)), file);
    }
    for (const file of [
      "PulumiPolicy.yaml",
      "README.md",
      "SECURITY.md",
      "LICENSE",
      "bin/THIRD-PARTY-LICENSES.txt",
      "docs/rules/estate.md",
    ]) {
      assert.ok(existsSync(join(content, file)), file);
    }
    for (const url of [repository.url, homepage, bugs.url])
      assert.match(url, /https:\/\/github\.com\/[\w-]+\/hyperv-guard/);
  });

  it("has neither sources nor tests, and runs no script of ours when it is packed or installed", () => {
    for (const file of ["test", "tools", "lib", "policies", "examples", "tsconfig.json", "package-lock.json"]) {
      assert.ok(!existsSync(join(content, file)), file);
    }
    assert.ok(!("scripts" in (json("package.json") as object)));
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object };
    // It would run when an administrator publishes the pack, and fail there.
    for (const script of ["prepack", "prepare", "postinstall"]) assert.ok(!(script in scripts));
  });

  it("F9: pins every package that it depends on by its hash, and none that only development needs", () => {
    const { packages } = json("npm-shrinkwrap.json") as Shrinkwrap;
    const names = Object.keys(packages).filter((name) => name !== "");
    assert.ok(names.includes("node_modules/@pulumi/policy"));
    for (const name of ["mocha", "typescript", "eslint", "fast-check"]) {
      assert.ok(!names.includes(`node_modules/${name}`), name);
    }
    for (const name of names) {
      assert.match(packages[name]?.integrity ?? "", /^sha512-/, name);
      assert.notEqual(packages[name]?.dev, true, name);
    }
  });

  it("links only to addresses in its documents", () => {
    for (const file of ["README.md", "SECURITY.md"]) {
      const links = [...readFileSync(join(content, file), "utf8").matchAll(/\]\(([^)\s]+)/g)].map(
        ([, link]) => link ?? "",
      );
      assert.deepEqual(
        links.filter((link) => !/^(https?:|#)/.test(link)),
        [],
      );
      const repository = "https://github.com/hyperv-guard/hyperv-guard/blob/v";
      for (const link of links.filter((one) => one.startsWith(repository))) {
        const path = link
          .slice(repository.length)
          .replace(/^[^/]+\//, "")
          .replace(/#.*$/, "");
        assert.ok(existsSync(join(ROOT, path)), link);
      }
    }
  });

  it("is the same whenever it is packed, with the hash that npm gives it", async function () {
    this.timeout(120_000);
    const { makePackage } = await import("../../tools/package.mjs");
    assert.equal((await makePackage(temporaryFolder())).integrity, integrity);
    assert.match(integrity, /^sha512-[\w+/]{86}==$/);
  });
});
