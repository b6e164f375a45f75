import assert from "node:assert/strict";
import fc from "fast-check";
import { UNKNOWN, type Plain, type PlainObject } from "../../../lib/estate/plain";
import { Secrets } from "../../../lib/judging/secrets";
import { vm } from "../../kit";

/** Masks a message with these secret inputs. */
function mask(message: string, ...values: readonly Plain[]): string {
  return withProperties({ secretInputs: ["secret"], secret: values }).mask(message);
}

function withProperties(...resources: readonly PlainObject[]): Secrets {
  const secrets = new Secrets();
  for (const properties of resources) secrets.add({ ...vm("a"), properties });
  return secrets;
}

describe("Secrets", () => {
  it("masks nothing when there is no secret", () => {
    const message = "vm1 has 4 virtual processors.";
    for (const secretInputs of [null, [], ["other"], [UNKNOWN], [4], "host", UNKNOWN, {}]) {
      assert.equal(withProperties({ secretInputs, host: "vm1" }).mask(message), message);
    }
    assert.equal(withProperties().mask(message), message);
  });

  it("masks texts and numbers, in lists and objects at any depth", () => {
    assert.equal(mask("hv1 has 4 of 64 for hv2", "hv1", 64), "[secret] has 4 of [secret] for hv2");
    assert.equal(mask("a b c d", [["b"]], { x: { y: ["c"] } }), "a [secret] [secret] d");
  });

  it("masks the values of the named inputs only", () => {
    const secrets = withProperties({ secretInputs: ["host"], host: "hush", cluster: "shown" });
    assert.equal(secrets.mask("hush shown"), "[secret] shown");
  });

  it("masks the secrets of all resources", () => {
    const one = { secretInputs: ["host"], host: "hush" };
    const other = { secretInputs: ["memoryMB", "cluster"], memoryMB: 77, cluster: "hist" };
    assert.equal(withProperties(one, other).mask("hush 77 hist"), "[secret] [secret] [secret]");
  });

  it("does not depend on the case of letters, as names in Windows do not", () => {
    assert.equal(mask("HUSH Hush hush", "hUsH"), "[secret] [secret] [secret]");
  });

  it("masks whole words only: a secret 4 does not change 64 or 4096", () => {
    assert.equal(mask("4 64 4096 1.4 4, x4 (4) 4", 4), "[secret] 64 4096 1.4 [secret], x4 ([secret]) [secret]");
    assert.equal(mask("hv1 hv10 my-hv1", "hv1"), "[secret] hv10 my-[secret]");
  });

  it("takes the signs of a value as they are", () => {
    const value = "a.b*c+?^${}()|[d]\\e";
    assert.equal(mask(`is "${value}"!`, value), 'is "[secret]"!');
    assert.equal(mask("axb", "a.b"), "axb");
    assert.equal(mask('is "$&" here', "$&"), 'is "[secret]" here');
  });

  it("leaves true and false, which tell nothing by themselves", () => {
    assert.equal(mask("true false null", true, false, null, UNKNOWN), "true false null");
  });

  it("leaves the message alone for a secret that is empty or blank", () => {
    assert.equal(mask("vm1 has 4 disks: a, b.", "", "  "), "vm1 has 4 disks: a, b.");
  });

  it("masks a value also without the blanks around it, as it is read", () => {
    assert.equal(mask("is on the host hush.", " hush\n"), "is on the host [secret].");
  });

  it("masks a number also as it is read from a text", () => {
    assert.equal(mask("has 57 and 8 processors", "057", " 8.0 "), "has [secret] and [secret] processors");
  });

  it("masks the longer secret first, so that no part of it stays", () => {
    assert.equal(mask("on hush-host-7", "hush", "hush-host-7"), "on [secret]");
  });

  it("masks a value also as a message quotes it", () => {
    assert.equal(mask(`is ${JSON.stringify('C:\\hush "x"')}`, 'C:\\hush "x"'), 'is "[secret]"');
  });

  it("masks the beginning of a long value that a message has cut short", () => {
    const value = "hush ".repeat(20).trim();
    const shown = `${JSON.stringify(value).slice(0, 57)}…`;
    assert.doesNotMatch(mask(`is ${shown}`, value), /hush hush/);
  });

  it("F1: masks a value wherever it overlaps with another one", () => {
    assert.equal(mask("on hush-host-7x.", "hush-host", "host-7x"), "on [secret].");
    assert.equal(mask("on hushhush.", "hush-a", "hushhush"), "on [secret].");
  });

  it("F1: masks the parts of a list, of a path and of a text of several lines", () => {
    assert.equal(mask("is quokka7", "wombat7,quokka7;bilby77"), "is [secret]");
    assert.equal(mask("is in C:\\\\vms\\\\quokka7 there", "C:\\vms\\quokka7\\a.vhdx"), "is in [secret] there");
    assert.equal(mask("runs New-Quokka", "one\r\n  New-Quokka\ntwo"), "runs [secret]");
  });

  it("F1: masks a value also in an address and in an encoded command", () => {
    const value = "quokka & wombat";
    const forms = [
      encodeURIComponent(value),
      ...(["utf8", "utf16le"] as const).map((one) => Buffer.from(value, one).toString("base64")),
    ];
    for (const form of forms) assert.match(mask(`sends ${form} there`, value), /^sends \[secret\]=* there$/);
    assert.equal(mask("lone \ud800 half", "quokka \ud800"), "lone \ud800 half");
  });

  it("F1: masks letters that are longer in lower case, and nothing beside them", () => {
    assert.equal(mask("İİ is on İstanbul7, host İ", "İstanbul7"), "İİ is on [secret], host İ");
  });

  it("F1: does not show the beginning of a value that a message has cut", () => {
    const value = `hush ${"x".repeat(5000)}`;
    assert.equal(mask(`is "${JSON.stringify(value).slice(1, 57)}…" here`, value), 'is "[secret]" here');
  });

  it("is fast with many secrets and many messages", () => {
    const values = Array.from({ length: 2000 }, (_, index) => `hush-${String(index)}`);
    const secrets = withProperties({ secretInputs: ["secret"], secret: values });
    const message = `vm1 is on the host hush-7, ${"and much more is said of it, ".repeat(10)}and that is all.`;
    const start = process.cpuUsage();
    for (let count = 0; count < 500; count++) assert.ok(secrets.mask(message).includes("host [secret], and"));
    const { user, system } = process.cpuUsage(start);
    assert.ok((user + system) / 1e6 < 2, `it takes ${String((user + system) / 1e6)} s`);
  });

  it("is fast with many resources that hold secrets", () => {
    const secrets = new Secrets();
    const start = process.cpuUsage();
    for (let count = 0; count < 3000; count++) {
      const properties = { secretInputs: ["secret"], secret: `hush-${String(count)}` };
      secrets.add({ ...vm("a"), properties });
    }
    assert.equal(secrets.mask("hush-7 hush-2999 hush-x"), "[secret] [secret] hush-x");
    const { user, system } = process.cpuUsage(start);
    assert.ok((user + system) / 1e6 < 2, `it takes ${String((user + system) / 1e6)} s`);
  });

  it("F1: costs no more where every resource brings a secret and is followed by a message", () => {
    const duration = (count: number): number => {
      const secrets = new Secrets();
      const start = process.cpuUsage();
      for (let index = 0; index < count; index++) {
        const name = `hush-${String(index)}`;
        secrets.add({ ...vm("a"), urn: name, properties: { secretInputs: ["host"], host: name } });
        assert.equal(secrets.mask(`vm1 is on ${name}, and hush-x`), "vm1 is on [secret], and hush-x");
      }
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    duration(500);
    const [few, many] = [duration(500), duration(4000)];
    assert.ok(many < 24 * few, `500 take ${String(few)}, 4000 take ${String(many)}`);
  });

  it("never throws, and leaves no trace of a word, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.jsonValue(), (value, other) => {
        const properties: unknown = JSON.parse(JSON.stringify({ secret: [value, other] }));
        assert(typeof properties === "object" && properties !== null);
        const secrets = withProperties({ ...properties, secretInputs: ["secret"] });
        const masked = secrets.mask(`say "${value}" here`);
        if (/^\w{8,}$/.test(value)) assert.ok(!masked.includes(value));
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9_-]{6,20}$/), (word) => {
        assert.ok(!mask(`a is on "${word}", and ${word.toUpperCase()} (${word}).`, word).toLowerCase().includes(word));
      }),
    );
  });
});
