import assert from "node:assert/strict";
import { absent, unknown, type Origin } from "../../../lib/estate/value";
import type { Finding } from "../../../lib/judging/finding";
import type { Pass } from "../../../lib/judging/pass";
import { Session } from "../../../lib/judging/session";
import { defineRule, type Rule } from "../../../lib/rules/rule";
import { notDeclared, undecided, violation, type Verdict } from "../../../lib/rules/verdict";
import { host, vm } from "../../kit";

const ON = { urn: "urn:a", name: "a" };

/** A rule that says these things of one entity. */
function rule(name: string, verdicts: readonly Verdict[], judged: () => void = () => undefined): Rule {
  return defineRule({
    name,
    title: "Some rule",
    subject: "guests",
    level: "required",
    severity: "low",
    reach: "estate",
    why: "It matters.",
    fix: "Mend it.",
    sources: [],
    tags: [],
    applies: () => [ON],
    check: () => {
      judged();
      return verdicts;
    },
  });
}

function pass(): Pass {
  return new Session().stackPass([host("hv1")]);
}

function later(urn: string, path: string): readonly Verdict[] {
  return undecided(ON, unknown({ urn, path }));
}

function missing(urn: string, path: string): Verdict {
  const origin: Origin = { urn, path };
  return notDeclared(ON, absent(origin));
}

function brief(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ urn, message }) => `${urn ?? "stack"}: ${message.split("\n")[0] ?? ""}`);
}

describe("Pass", () => {
  it("judges each rule once", () => {
    let judged = 0;
    const one = rule("one", [violation(ON, "", "a is wrong.")], () => judged++);
    const first = pass();
    assert.equal(first.result(one), first.result(one));
    assert.equal(judged, 1);
    pass().result(one);
    assert.equal(judged, 2);
  });

  it("gives findings with the resource, the message, and whether they only advise", () => {
    const evidence = { source: "no-document", confidence: "unverified" } as const;
    const verdicts = [
      violation({ urn: "urn:b", name: "b" }, "x", "b is wrong."),
      violation(ON, "y", "a is wrong."),
      violation(ON, "x", "a is doubtful.", { evidence }),
      violation(ON, "z", "a is unwise.", { advisory: true }),
    ];
    const { applied, findings } = pass().result(rule("one", verdicts));
    assert.equal(applied, 1);
    assert.deepEqual(
      findings.map(({ rule: name, urn, message, advisory }) => [name, urn, message.split("\n")[0], advisory]),
      [
        ["one", "urn:a", "a is doubtful.", true],
        ["one", "urn:a", "a is unwise.", true],
        ["one", "urn:a", "a is wrong.", false],
        ["one", "urn:b", "b is wrong.", false],
      ],
    );
  });

  describe("tells what the rules could not decide", () => {
    it("in one finding a resource, each property and rule once, in order", () => {
      const one = pass();
      one.result(rule("two", [...later("urn:b", "y"), ...later("urn:b", "x"), ...later("urn:b", "x")]));
      one.result(rule("one", [...later("urn:b", "x"), ...later("urn:a", "z"), violation(ON, "", "a is wrong.")]));
      assert.deepEqual(brief(one.undecidedFindings("open")), [
        "urn:a: z is not known until deployment: not checked by one.",
        "urn:b: x and y are not known until deployment: not checked by one and two.",
      ]);
      assert.deepEqual(
        one.undecidedFindings("open").map(({ rule: name, urn, advisory }) => [name, urn, advisory]),
        [
          ["open", "urn:a", false],
          ["open", "urn:b", false],
        ],
      );
    });

    it("and keeps apart what is not known from what is not declared", () => {
      const one = pass();
      one.result(rule("one", [...later("urn:a", "x"), missing("urn:a", "y")]));
      one.result(rule("two", [missing("urn:a", "y"), missing("urn:a", "z")]));
      assert.deepEqual(brief(one.undecidedFindings("open")), [
        "urn:a: x is not known until deployment: not checked by one. " +
          "y and z are not declared: not checked by one and two.",
      ]);
    });

    it("but not what is malformed, which the estate rule tells", () => {
      const one = pass();
      one.result(rule("one", undecided(ON, unknown({ urn: "urn:a", path: "x" }, "malformed"))));
      assert.deepEqual(one.undecidedFindings("open"), []);
    });

    it("fast, also when thousands of checks wait for one value", () => {
      const one = pass();
      one.result(rule("one", Array.from({ length: 20_000 }, () => later("urn:a", "x")).flat()));
      const start = process.cpuUsage();
      assert.equal(one.undecidedFindings("open").length, 1);
      const { user, system } = process.cpuUsage(start);
      assert.ok((user + system) / 1e6 < 1, `it takes ${String((user + system) / 1e6)} s`);
    });
  });
});

describe("Session", () => {
  it("counts what it was given, and reads only what is of Hyper-V", () => {
    const session = new Session();
    assert.deepEqual(session.seen, { resources: 0, known: 0, unread: 0 });
    assert.equal(
      session.resourcePass({ urn: "urn:b", type: "aws:s3/bucket:Bucket", name: "b", properties: {} }),
      undefined,
    );
    assert.ok(session.resourcePass(host("hv1")));
    assert.deepEqual(session.seen, { resources: 2, known: 1, unread: 0 });
  });

  it("claims each finding once", () => {
    const session = new Session();
    const { findings } = pass().result(
      rule("one", [violation(ON, "x", "a is wrong."), violation(ON, "y", "So is y.")]),
    );
    assert.deepEqual(session.unreported(findings), findings);
    assert.deepEqual(session.claim(findings.slice(0, 1)), findings.slice(0, 1));
    assert.deepEqual(session.unreported(findings), findings.slice(1));
    assert.deepEqual(session.claim(findings), findings.slice(1));
    assert.deepEqual(session.claim(findings), []);
  });

  it("knows a finding again by rule, resource and property, also when its text tells more now", () => {
    const session = new Session();
    const findings = (name: string, path: string, ...problems: readonly string[]) =>
      pass().result(
        rule(
          name,
          problems.map((problem) => violation(ON, path, problem)),
        ),
      ).findings;
    session.claim(findings("one", "x", "a has a wrong disk."));
    const unreported = (...said: Parameters<typeof findings>) => brief(session.unreported(findings(...said)));
    assert.deepEqual(unreported("one", "x", "a has a wrong disk."), []);
    assert.deepEqual(unreported("one", "x", "a has a wrong VHD."), []);
    assert.deepEqual(unreported("one", "x", "a has a wrong disk.", "a has no name."), ["urn:a: a has no name."]);
    assert.equal(unreported("one", "x", "a has a wrong VHD.", "a has no name.").length, 1);
    assert.deepEqual(unreported("one", "y", "a has a wrong disk."), ["urn:a: a has a wrong disk."]);
    assert.deepEqual(unreported("two", "x", "a has a wrong disk."), ["urn:a: a has a wrong disk."]);
  });

  it("keeps the secrets of resources that were handed over before", () => {
    const session = new Session();
    session.resourcePass(vm("a", { secretInputs: ["host"], host: "hush" }));
    const stack = session.stackPass([]);
    const { findings } = stack.result(rule("one", [violation(ON, "", "a is on hush.")]));
    assert.deepEqual(brief(findings), ["urn:a: a is on [secret]."]);
  });
});
