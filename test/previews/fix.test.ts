import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Workplace } from "./workplace";

const RIGHT = `name: estate
runtime: yaml
# Who asks for more is told to ask Jane.
resources:
  hv1:
    type: hyperv-guard:index:Host
    properties:
      operatingSystem: Windows Server 2022
      processors: { sockets: 2, coresPerSocket: 32, threadsPerCore: 2 } # both the same
      memoryMB: 262144

  app1:
    type: hyperv-guard:index:VirtualMachine
    properties: { host: hv1, guestOs: Windows Server 2019, processorCount: 64, memoryMB: 4096 }
  app2:
    type: "hyperv-guard:index:VirtualMachine"
    properties:
      host: 'hv1'
      guestOs: Windows Server 2019   # three blanks
      processorCount: 64 # was 16 once
      memoryMB: 4096
`;

/** More processors than a machine of generation 1 may have. */
const WRONG = RIGHT.replaceAll("processorCount: 64", "processorCount: 65");

/** The same program in JSON. */
const WRONG_JSON = `{
  "name": "estate", "runtime": "yaml",
  "resources": {
    "hv1": { "type": "hyperv-guard:index:Host", "properties": {
      "operatingSystem": "Windows Server 2022", "memoryMB": 262144,
      "processors": { "sockets": 2, "coresPerSocket": 32, "threadsPerCore": 2 } } },
    "app1": { "type": "hyperv-guard:index:VirtualMachine", "properties": {
      "host": "hv1", "guestOs": "Windows Server 2019", "processorCount": 65, "memoryMB": 4096 } }
  }
}
`;

describe("hyperv-guard fix, with the real engine", () => {
  const fixed = (place: Workplace): string => readFileSync(join(place.folder, "Pulumi.yaml"), "utf8");

  function git(place: Workplace, ...words: readonly string[]): string {
    const own = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.autocrlf=false"];
    return execFileSync("git", [...own, ...words], { cwd: place.folder, encoding: "utf8", stdio: "pipe" });
  }

  async function workplaceWith(program: string): Promise<Workplace> {
    const place = await new Workplace().open({});
    place.write(program);
    git(place, "init", "-q");
    return place;
  }

  function commit(place: Workplace): void {
    git(place, "add", "-A");
    git(place, "commit", "-qm", "x");
  }

  it("makes the changes in a clean work tree, keeps all else as it is, and judges again", async () => {
    const place = await workplaceWith(WRONG);
    const before = await place.run("preview");
    assert.equal(before.code, 1);
    assert.match(before.out.join("\n"), /processorCount to a value from 1 to 64/);

    const refused = await place.run("fix", "--write");
    assert.equal(refused.code, 2);
    assert.match(refused.error, /^hyperv-guard: Pulumi.yaml is not in a clean git work tree: commit what has changed/m);
    assert.equal(fixed(place), WRONG);

    commit(place);
    const { code, error } = await place.run("fix", "--write");
    assert.equal(code, 0, error);
    assert.match(error, /^Pulumi.yaml: 2 changes made.$/m);
    assert.match(error, /^hyperv-guard judged 1 host and 2 virtual machines by \d+ rules/m);
    assert.equal(fixed(place), RIGHT);
    assert.deepEqual(git(place, "status", "--porcelain").trim().split("\n"), ["M Pulumi.yaml"]);

    const again = await place.run("fix", "--write");
    assert.deepEqual([again.code, again.out, fixed(place)], [0, [], RIGHT]);
    assert.match(again.error, /^There is nothing to fix.$/m);
  });

  it("prints a diff that git applies", async () => {
    const place = await workplaceWith(WRONG);
    const { code, out } = await place.run("fix");
    assert.equal(code, 1);
    assert.equal(fixed(place), WRONG);
    execFileSync("git", ["apply", "-"], { cwd: place.folder, input: `${out.join("\n")}\n` });
    assert.equal(fixed(place), RIGHT);
  });

  it("makes changes in JSON too, in any folder with --force", async () => {
    const place = await workplaceWith(WRONG_JSON);
    const { code, error } = await place.run("fix", "--write", "--force");
    assert.equal(code, 0, error);
    assert.equal(fixed(place), WRONG_JSON.replace("65", "64"));
  });

  it("leaves what no single value fixes, which still blocks", async () => {
    const missing =
      "  app3:\n    type: hyperv-guard:index:VirtualMachine\n    properties: { host: hv9, guestOs: Windows Server 2019, processorCount: 2, memoryMB: 4096 }\n";
    const place = await workplaceWith(`${WRONG}${missing}`);
    commit(place);
    const { code, out, error } = await place.run("fix", "--write");
    assert.equal(code, 1);
    assert.match(error, /^1 finding cannot be fixed by one value: hyperv-guard preview shows them.$/m);
    assert.match(out.join("\n"), /hv9/);
    assert.equal(fixed(place), `${RIGHT}${missing}`);
  });
});
