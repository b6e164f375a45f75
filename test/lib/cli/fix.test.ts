import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandOutput } from "../../../lib/cli/output";
import { runCommand } from "../../../lib/cli/run-command";
import { outputTo } from "../../output";
import { temporaryFolder } from "../../previews/program";

const hasGit = spawnSync("git", ["--version"]).status === 0;

const PROGRAM = `name: p
runtime: yaml
resources:
  # The only server.
  ex1:
    type: hyperv-guard:index:VirtualMachine
    properties:
      guestOs: Windows Server 2008 R2 SP1 # as installed
      processorCount: 2
      memoryMB: 8192
      checkpoints: standard # wrong
      exchange: { version: Exchange 2010 SP1, roles: [mailbox], databaseAvailabilityGroup: DAG1 }
`;

const PROPERTIES = {
  name: "ex1",
  guestOs: "Windows Server 2008 R2 SP1",
  processorCount: 2,
  memoryMB: 8192,
  checkpoints: "standard",
  exchange: { version: "Exchange 2010 SP1", roles: ["mailbox"], databaseAvailabilityGroup: "DAG1" },
};

/** A folder with a program and a stack of it. */
function folderWith(program: string, name = "Pulumi.yaml"): string {
  const folder = temporaryFolder();
  const urn = "urn:pulumi:dev::p::hyperv-guard:index:VirtualMachine::ex1";
  const resource = { urn, type: "hyperv-guard:index:VirtualMachine", inputs: PROPERTIES, outputs: PROPERTIES };
  writeFileSync(join(folder, name), program);
  writeFileSync(join(folder, "state.json"), JSON.stringify({ version: 3, deployment: { resources: [resource] } }));
  writeFileSync(join(folder, "policy-config.json"), JSON.stringify({ estate: { asOf: "2012-06-30" } }));
  return folder;
}

async function fix(folder: string, words: readonly string[], more: Partial<CommandOutput> = {}) {
  const out: string[] = [];
  const error: string[] = [];
  const own = ["fix", "-C", folder, "--state", join(folder, "state.json")];
  const code = await runCommand([...own, ...words], { ...outputTo(out, error), ...more });
  return {
    code,
    out: out.join("\n"),
    error: error.join("\n"),
    program: () => readFileSync(join(folder, "Pulumi.yaml"), "utf8"),
  };
}

function git(folder: string, ...words: readonly string[]): void {
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], { cwd: folder, stdio: "pipe" });
}

const FIXED = PROGRAM.replace("standard # wrong", "disabled # wrong").replace(
  "roles: [mailbox], databaseAvailabilityGroup: DAG1 }\n",
  "roles: [mailbox], databaseAvailabilityGroup: DAG1 }\n      automaticStopAction: shutDown\n",
);

describe("hyperv-guard fix", () => {
  it("prints a diff that git applies, and writes nothing", async function () {
    if (!hasGit) this.skip();
    const folder = folderWith(PROGRAM);
    const { code, out, error, program } = await fix(folder, []);
    assert.equal(code, 0);
    assert.match(out, /^- {6}checkpoints: standard # wrong\n\+ {6}checkpoints: disabled # wrong$/m);
    assert.match(error, /hyperv-guard fix --write makes these changes\.$/);
    assert.equal(program(), PROGRAM);
    execFileSync("git", ["apply"], { cwd: folder, input: `${out}\n` });
    assert.equal(program(), FIXED);
  });

  it("keeps the ends of lines of Windows, in the diff too", async function () {
    if (!hasGit) this.skip();
    const onWindows = (text: string): string => text.replaceAll("\n", "\r\n");
    const folder = folderWith(onWindows(PROGRAM));
    const { out, program } = await fix(folder, []);
    execFileSync("git", ["apply"], { cwd: folder, input: `${out}\n` });
    assert.equal(program(), onWindows(FIXED));
    const forced = await fix(folderWith(onWindows(PROGRAM)), ["--write", "--force"]);
    assert.equal(forced.program(), onWindows(FIXED));
  });

  it("F1: shows no secret and nothing that a terminal obeys, also of lines that do not change", async () => {
    const near = PROGRAM.replace("      checkpoints", '      notes: { "fn::secret": quokka-77031 }\n      checkpoints');
    const { out, program } = await fix(folderWith(near), []);
    assert.match(out, /^- {6}checkpoints: standard # wrong$/m);
    assert.doesNotMatch(out, /quokka/);
    const obeyed = near.replace("quokka-77031 }", "quokka-77031 } # ##vso[task.complete]");
    assert.match((await fix(folderWith(obeyed), [])).out, /^- {6}checkpoints: standard # wrong$/m);
    for (const more of ['{ "fn::secret": quokka-77031 }', '"##vso[task.complete]"']) {
      const inside = PROGRAM.replace("roles: [mailbox]", `roles: [mailbox], organization: ${more}`)
        .replace("guestOs: Windows Server 2008 R2 SP1 # as installed", "guestOs: Windows Server 2008 R2 SP1")
        .replace(/\n {6}checkpoints.*\n {6}exchange/, "\n      exchange");
      assert.doesNotMatch((await fix(folderWith(inside), [])).out, /quokka|##vso\[/);
    }
    const oneLine = JSON.stringify({
      name: "p",
      runtime: "yaml",
      resources: {
        ex1: {
          type: "hyperv-guard:index:VirtualMachine",
          properties: { ...PROPERTIES, a: { "fn::secret": "quokka" } },
        },
      },
    });
    const whole = await fix(folderWith(oneLine), []);
    assert.match(whole.out, /^ex1: set checkpoints to "disabled" \(exchange-checkpoints\)$/m);
    assert.match(whole.error, /^The diff would show a secret, or text that a terminal obeys\. The changes are:$/m);
    assert.equal(program(), near);
  });

  it("writes only in a clean git work tree", async function () {
    if (!hasGit) this.skip();
    const folder = folderWith(PROGRAM);
    const refused = await fix(folder, ["--write"]);
    assert.equal(refused.code, 2);
    assert.match(
      refused.error,
      /Pulumi\.yaml is not in a clean git work tree: commit what has changed, or use --force$/,
    );
    git(folder, "init", "-q");
    assert.equal((await fix(folder, ["--write"])).code, 2, "git does not have the file");
    git(folder, "add", "Pulumi.yaml");
    assert.equal((await fix(folder, ["--write"])).code, 2, "the file is not committed");
    git(folder, "commit", "-qm", "program");
    assert.equal(refused.program(), PROGRAM);
    const { code, error, program } = await fix(folder, ["--write"]);
    assert.match(error, /Pulumi\.yaml: 2 changes made\.\nThe judged files have the former values/);
    assert.equal(code, 0);
    assert.equal(program(), FIXED);
  });

  it("writes elsewhere when the user wants it", async () => {
    const forced = folderWith(PROGRAM);
    assert.equal((await fix(forced, ["--write", "--force"])).program(), FIXED);
    const asked = folderWith(PROGRAM);
    const answers = ["", "y"];
    const ask = (question: string) => {
      assert.match(question, /Pulumi\.yaml is not in a clean git work tree\. Change it\? \[y\/N\]$/);
      return Promise.resolve(answers.shift() ?? "");
    };
    assert.equal((await fix(asked, ["--write"], { ask })).program(), PROGRAM);
    assert.equal((await fix(asked, ["--write"], { ask })).program(), FIXED);
  });

  it("prints path and value where the program is in another language, or others share the value", async () => {
    const elsewhere = folderWith("name: p\nruntime: nodejs\n");
    const { out, error } = await fix(elsewhere, ["--write"]);
    assert.equal(
      out,
      'ex1: set automaticStopAction to "shutDown" (exchange-supported-scenario)\nex1: set checkpoints to "disabled" (exchange-checkpoints)',
    );
    assert.doesNotMatch(error, /--write/);
    assert.match(error, /^Nothing was changed, because there is no program in YAML or JSON that can be read: make/m);
    for (const unreadable of ["resources: [", PROGRAM.replace("      checkpoints", "\tcheckpoints"), ""]) {
      assert.match((await fix(folderWith(unreadable), ["--write", "--force"])).error, /^Nothing was changed, because/m);
    }
    const shared = folderWith(
      PROGRAM.replace("standard", "${checkpoints}").replace(
        "resources:",
        "variables: { checkpoints: standard }\nresources:",
      ),
    );
    const result = await fix(shared, []);
    assert.doesNotMatch(result.out, /^[-+] +checkpoints/m);
    assert.match(result.error, /^ex1: set checkpoints to "disabled" \(exchange-checkpoints\)$/m);
  });

  it("changes nothing that is exempted", async () => {
    const folder = folderWith(PROGRAM);
    const exemption = { resource: "**", reason: "known", expires: "2012-12-31" };
    const exemptions = ["exchange-checkpoints", "exchange-supported-scenario"].map((rule) => ({ ...exemption, rule }));
    writeFileSync(join(folder, "policy-config.json"), JSON.stringify({ estate: { asOf: "2012-06-30", exemptions } }));
    const { out, error } = await fix(folder, []);
    assert.equal(out, "");
    assert.match(error, /There is nothing to fix|cannot be fixed by one value/);
  });
});
