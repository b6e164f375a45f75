import assert from "node:assert/strict";
import fc from "fast-check";
import type { Problem } from "../../../lib/estate/declared";
import { UNKNOWN, type Plain, type PlainObject } from "../../../lib/estate/plain";
import { Reader, type Resolution } from "../../../lib/estate/reader";
import { absent, known, unknown, type Origin, type Unknown, type Value } from "../../../lib/estate/value";

const URN = "urn:pulumi:test::kit::t::r";

function at(path: string): Origin {
  return { urn: URN, path };
}

/** Where a malformed value was. */
function malformed(path: string): Unknown {
  return unknown(at(path), "malformed");
}

interface Read<T> {
  readonly value: T;
  /** `path problem → fix`. */
  readonly problems: readonly string[];
}

function read<T>(
  fields: PlainObject | Unknown["because"],
  use: (reader: Reader) => T,
  secret: (name: string) => boolean = () => false,
): Read<T> {
  const problems: Problem[] = [];
  const reader = new Reader(URN, fields, (problem) => problems.push(problem), "", secret);
  const value = use(reader);
  for (const { urn } of problems) assert.equal(urn, URN);
  return { value, problems: problems.map(({ path, problem, fix }) => `${path} ${problem} → ${fix}`) };
}

/** Reads one property `p` with this value. */
function readOne<T>(plain: Plain | undefined, use: (reader: Reader) => T): Read<T> {
  return read(plain === undefined ? {} : { p: plain }, use);
}

/** What every method does with a value that is not there, not known, or in an object that could not be read. */
function itHasThreeStates(use: (reader: Reader) => Value<unknown>): void {
  it("is absent when it is missing or null", () => {
    assert.deepEqual(readOne(undefined, use), { value: absent(at("p")), problems: [] });
    assert.deepEqual(readOne(null, use), { value: absent(at("p")), problems: [] });
  });

  it("is unknown when the engine does not know it", () => {
    assert.deepEqual(readOne(UNKNOWN, use), { value: unknown(at("p")), problems: [] });
  });

  it("is what the object around it is, when that cannot be read", () => {
    assert.deepEqual(read("deployment", use), { value: unknown(at("p")), problems: [] });
    assert.deepEqual(read("malformed", use), { value: malformed("p"), problems: [] });
  });
}

/** Values that are refused, and how the problem shows each. */
function itRefuses(
  cases: readonly (readonly [Plain, string])[],
  allowed: string,
  use: (reader: Reader) => Value<unknown>,
): void {
  it(`refuses what is not ${allowed}`, () => {
    for (const [plain, shown] of cases) {
      assert.deepEqual(readOne(plain, use), { value: malformed("p"), problems: [`p is ${shown} → Use ${allowed}.`] });
    }
  });
}

function itReads<T>(cases: readonly (readonly [Plain, T])[], use: (reader: Reader) => Value<T>): void {
  it("reads what is sound", () => {
    for (const [plain, value] of cases) {
      assert.deepEqual(readOne(plain, use), { value: known(value, at("p")), problems: [] });
    }
  });
}

/** Knows `one`, and that is all. */
function resolve(text: string): Resolution<number> {
  return text === "one" ? { resolved: true, value: 1 } : { resolved: false, problem: "no number", allowed: '"one"' };
}

const COLOURS = ["darkBlue", "red"] as const;

describe("Reader", () => {
  it("takes an empty text for nothing, whatever the property wants", () => {
    const uses: readonly ((reader: Reader) => Value<unknown>)[] = [
      (reader) => reader.text("p"),
      (reader) => reader.flag("p"),
      (reader) => reader.integer("p", { minimum: 1, maximum: 2 }),
      (reader) => reader.oneOf("p", COLOURS),
      (reader) => reader.texts("p"),
      (reader) => reader.object("p", () => null),
      (reader) => reader.list("p", () => null),
    ];
    for (const use of uses) {
      for (const empty of ["", " \t"]) assert.deepEqual(readOne(empty, use), { value: absent(at("p")), problems: [] });
    }
  });

  describe("text", () => {
    const use = (reader: Reader) => reader.text("p");
    itHasThreeStates(use);
    itReads(
      [
        ["a", "a"],
        ["  a b ", "a b"],
        [2010, "2010"],
        [0, "0"],
      ],
      use,
    );
    itRefuses(
      [
        [true, "true"],
        [[1, 2], "a list of 2"],
        [{ a: 1 }, "an object"],
      ],
      "a string",
      use,
    );
  });

  describe("integer", () => {
    const use = (reader: Reader) => reader.integer("p", { minimum: 1, maximum: 64, unit: "MB" });
    itHasThreeStates(use);
    itReads(
      [
        [1, 1],
        [64, 64],
        ["1", 1],
        [" 64 ", 64],
        ["007", 7],
        [4.0, 4],
      ],
      use,
    );
    itRefuses(
      [
        [0, "0"],
        [65, "65"],
        [1.5, "1.5"],
        [-1, "-1"],
        [1e300, "1e+300"],
        ["0", '"0"'],
        ["65", '"65"'],
        ["1.5", '"1.5"'],
        ["-1", '"-1"'],
        ["1e1", '"1e1"'],
        ["0x10", '"0x10"'],
        ["four", '"four"'],
        [true, "true"],
        [[4], "a list of 1"],
        [{}, "an object"],
      ],
      "a whole number from 1 to 64 MB",
      use,
    );

    it("has a range without a unit too", () => {
      const { problems } = readOne(2, (reader) => reader.integer("p", { minimum: 0, maximum: 1 }));
      assert.deepEqual(problems, ["p is 2 → Use a whole number from 0 to 1."]);
    });
  });

  describe("decimal", () => {
    const use = (reader: Reader) => reader.decimal("p", { minimum: 0.5, maximum: 2, unit: "GB" });
    itHasThreeStates(use);
    itReads(
      [
        [0.5, 0.5],
        [2, 2],
        ["0.5", 0.5],
        [" 1.25 ", 1.25],
      ],
      use,
    );
    itRefuses(
      [
        [0.49, "0.49"],
        [2.01, "2.01"],
        ["1,5", '"1,5"'],
        ["1.", '"1."'],
        [".5", '".5"'],
        [false, "false"],
      ],
      "a number from 0.5 to 2 GB",
      use,
    );
  });

  describe("flag", () => {
    const use = (reader: Reader) => reader.flag("p");
    itHasThreeStates(use);
    itReads(
      [
        [true, true],
        [false, false],
        ["true", true],
        ["false", false],
      ],
      use,
    );
    itRefuses(
      [
        ["yes", '"yes"'],
        [1, "1"],
        [0, "0"],
        [[], "a list of 0"],
      ],
      "true or false",
      use,
    );
  });

  describe("oneOf", () => {
    const use = (reader: Reader) => reader.oneOf("p", COLOURS, { "0": "red", navy: "darkBlue" });
    itHasThreeStates(use);
    itReads(
      [
        ["darkBlue", "darkBlue"],
        ["DARKBLUE", "darkBlue"],
        ["dark-blue", "darkBlue"],
        [" Dark_ Blue ", "darkBlue"],
        ["Navy", "darkBlue"],
        [0, "red"],
        ["0", "red"],
      ],
      use,
    );
    itRefuses(
      [
        ["blue", '"blue"'],
        [1, "1"],
        [true, "true"],
        ["constructor", '"constructor"'],
        ["__proto__", '"__proto__"'],
        [{}, "an object"],
      ],
      "one of: darkBlue, red",
      use,
    );
  });

  describe("resolved", () => {
    const use = (reader: Reader) => reader.resolved("p", resolve);
    itHasThreeStates(use);
    itReads([[" one ", 1]], use);
    itRefuses([[true, "true"]], "a string", use);

    it("says why a name could not be resolved, and what could be", () => {
      assert.deepEqual(readOne("two", use), {
        value: malformed("p"),
        problems: ['p is "two": no number → Use "one".'],
      });
    });
  });

  describe("texts", () => {
    const use = (reader: Reader) => reader.texts("p");
    itHasThreeStates(use);
    itRefuses(
      [
        ["a", '"a"'],
        [{}, "an object"],
        [1, "1"],
      ],
      "a list",
      use,
    );

    it("reads each on its own", () => {
      assert.deepEqual(readOne([], use), { value: known([], at("p")), problems: [] });
      assert.deepEqual(readOne(["a", UNKNOWN, true, 7, null], use), {
        value: known(
          [known("a", at("p[0]")), unknown(at("p[1]")), malformed("p[2]"), known("7", at("p[3]")), malformed("p[4]")],
          at("p"),
        ),
        problems: ["p[2] is true → Use a string.", "p[4] is null → Use a string."],
      });
    });
  });

  describe("resolvedList", () => {
    const use = (reader: Reader) => reader.resolvedList("p", resolve);
    itHasThreeStates(use);
    itRefuses([["one", '"one"']], "a list", use);

    it("resolves each on its own", () => {
      assert.deepEqual(readOne(["one", "two", UNKNOWN, {}], use), {
        value: known([known(1, at("p[0]")), malformed("p[1]"), unknown(at("p[2]")), malformed("p[3]")], at("p")),
        problems: ["p[3] is an object → Use a string.", 'p[1] is "two": no number → Use "one".'],
      });
    });
  });

  describe("object", () => {
    const use = (reader: Reader) => reader.object("p", (inner) => ({ a: inner.text("a"), b: inner.text("b") }));
    itHasThreeStates(use);
    itRefuses(
      [
        ["a", '"a"'],
        [[], "a list of 0"],
        [1, "1"],
      ],
      "an object (name: value)",
      use,
    );

    it("reads each property at its path, and reports those it does not know", () => {
      assert.deepEqual(readOne({ a: 1, b: true, c: 1, d: null }, use), {
        value: known({ a: known("1", at("p.a")), b: malformed("p.b") }, at("p")),
        problems: [
          "p.b is true → Use a string.",
          "p.c is not a known property → Use one of: a, b; or remove it.",
          "p.d is not a known property → Use one of: a, b; or remove it.",
        ],
      });
    });
  });

  describe("requiredObject", () => {
    const use = (reader: Reader) => {
      const value = reader.requiredObject("p", "a and b", (inner) => inner.text("a"));
      reader.reportUnread();
      return value;
    };

    it("reads the object that is there", () => {
      assert.deepEqual(readOne({ a: "x", c: 1 }, use), {
        value: known("x", at("p.a")),
        problems: ["p.c is not a known property → Use one of: a; or remove it."],
      });
    });

    it("is missing when it is not there", () => {
      const missing = { value: malformed("p.a"), problems: ["p is missing → Give a and b."] };
      assert.deepEqual(readOne(undefined, use), missing);
      assert.deepEqual(readOne(null, use), missing);
    });

    it("makes each fact unknown when the object is, and malformed when the object is", () => {
      assert.deepEqual(readOne(UNKNOWN, use), { value: unknown(at("p.a")), problems: [] });
      assert.deepEqual(readOne("x", use), {
        value: malformed("p.a"),
        problems: ['p is "x" → Use an object (name: value).'],
      });
      assert.deepEqual(read("malformed", use), { value: malformed("p.a"), problems: [] });
      assert.deepEqual(read("deployment", use), { value: unknown(at("p.a")), problems: [] });
    });
  });

  describe("list", () => {
    const use = (reader: Reader) => reader.list("p", (inner) => inner.text("a"));
    itHasThreeStates(use);
    itRefuses(
      [
        ["a", '"a"'],
        [{ a: "x" }, "an object"],
      ],
      "a list",
      use,
    );

    it("reads each object at its path, and leaves out what is none", () => {
      assert.deepEqual(readOne([{ a: "x" }, UNKNOWN, "y", { b: 1 }, null], use), {
        value: known([known("x", at("p[0].a")), unknown(at("p[1].a")), absent(at("p[3].a"))], at("p")),
        problems: [
          'p[2] is "y" → Use an object (name: value).',
          "p[3].b is not a known property → Use one of: a; or remove it.",
          "p[4] is null → Use an object (name: value).",
        ],
      });
    });
  });

  describe("required", () => {
    const use = (reader: Reader) => {
      const value = reader.required(reader.text("p"), "the name");
      reader.reportUnread();
      return value;
    };

    it("reports what is missing, once, and nothing else", () => {
      assert.deepEqual(readOne(undefined, use), { value: malformed("p"), problems: ["p is missing → Give the name."] });
      assert.deepEqual(readOne("a", use), { value: known("a", at("p")), problems: [] });
      assert.deepEqual(readOne(UNKNOWN, use), { value: unknown(at("p")), problems: [] });
      assert.deepEqual(readOne(true, use), { value: malformed("p"), problems: ["p is true → Use a string."] });
    });
  });

  it("says of a number that is not finite how to write it", () => {
    const range = { minimum: 1, maximum: 64, unit: "MB" };
    for (const plain of [Infinity, -Infinity, NaN]) {
      const found = `p is ${String(plain)}, which is not a finite number`;
      const problemsOf = (use: (reader: Reader) => Value<unknown>) => readOne(plain, use).problems;
      assert.deepEqual(
        problemsOf((reader) => reader.integer("p", range)),
        [`${found} → Use a whole number from 1 to 64 MB, written in digits.`],
      );
      assert.deepEqual(
        problemsOf((reader) => reader.decimal("p", range)),
        [`${found} → Use a number from 1 to 64 MB, written in digits.`],
      );
      assert.deepEqual(
        problemsOf((reader) => reader.text("p")),
        [`${found} → Use a string.`],
      );
    }
  });

  describe("reportUnread", () => {
    const use = (reader: Reader): void => {
      reader.text("name");
      reader.list("disks", (disk) => disk.text("type"));
      reader.reportUnread();
    };

    it("names what nothing has read, with the names that are known", () => {
      assert.deepEqual(read({ nmae: "x", disks: [{ type: "fixed", tpye: 1 }], constructor: 1 }, use).problems, [
        "disks[0].tpye is not a known property → Use type.",
        "nmae is not a known property → Use name.",
        "constructor is not a known property → Use one of: disks, name; or remove it.",
      ]);
    });

    it("offers all names, those first that look most like what was written, and none where nothing is read", () => {
      const names = ["host", "cluster", "guestOs", "memoryMB", "processorCount", "generation", "processors"];
      const { problems } = read({ processor: 4 }, (reader) => {
        for (const name of names) reader.text(name);
        reader.reportUnread();
      });
      assert.deepEqual(problems, ["processor is not a known property → Use processors."]);
      const far = read({ coresCount: 4 }, (reader) => {
        for (const name of names) reader.text(name);
        reader.reportUnread();
      });
      assert.deepEqual(far.problems, [
        "coresCount is not a known property → Use one of: processorCount, guestOs, host, processors, cluster, generation, memoryMB; or remove it.",
      ]);
      const none = read({ colour: 1 }, (reader) => {
        reader.reportUnread();
      });
      assert.deepEqual(none.problems, ["colour is not a known property → Remove it."]);
    });

    it("takes a property that nothing has read for a missing one that it looks like, and reports it once", () => {
      const { problems } = read({ memoryMb: 4096, processorCuont: 2, colour: 1 }, (reader) => {
        for (const name of ["memoryMB", "processorCount", "guestOs"]) reader.required(reader.text(name), name);
        reader.reportUnread();
      });
      assert.deepEqual(problems, [
        "memoryMb is not a known property → Rename it to memoryMB.",
        "processorCuont is not a known property → Rename it to processorCount.",
        "colour is not a known property → Use one of: guestOs, memoryMB, processorCount; or remove it.",
        "guestOs is missing → Give guestOs.",
      ]);
    });

    it("reports nothing of an object that could not be read", () => {
      assert.deepEqual(read("malformed", use).problems, []);
      assert.deepEqual(read("deployment", use).problems, []);
    });
  });

  it("reads every property on its own, deep down", () => {
    const { value, problems } = read({ disks: [{ type: UNKNOWN, sizeGB: 0 }, { type: "fixed" }] }, (reader) =>
      reader.list("disks", (disk) => ({
        type: disk.oneOf("type", ["fixed"]),
        sizeGB: disk.decimal("sizeGB", { minimum: 1, maximum: 9 }),
        of: disk.object("of", () => null),
      })),
    );
    assert.deepEqual(
      value,
      known(
        [
          { type: unknown(at("disks[0].type")), sizeGB: malformed("disks[0].sizeGB"), of: absent(at("disks[0].of")) },
          {
            type: known("fixed", at("disks[1].type")),
            sizeGB: absent(at("disks[1].sizeGB")),
            of: absent(at("disks[1].of")),
          },
        ],
        at("disks"),
      ),
    );
    assert.deepEqual(problems, ["disks[0].sizeGB is 0 → Use a number from 1 to 9."]);
  });

  it("shows a long value in few words", () => {
    const { problems } = readOne("x".repeat(1000), (reader) => reader.flag("p"));
    assert.deepEqual(problems, [`p is "${"x".repeat(56)}… → Use true or false.`]);
    const exact = readOne("x".repeat(58), (reader) => reader.flag("p"));
    assert.deepEqual(exact.problems, [`p is "${"x".repeat(58)}" → Use true or false.`]);
  });

  describe("never shows what is secret", () => {
    const secretly = (plain: Plain, use: (reader: Reader) => unknown) =>
      read({ p: plain }, use, (name) => name === "p").problems;
    const range = { minimum: 1, maximum: 2 };

    it("in any kind of value", () => {
      const hidden = "p is a secret that is not shown here → Use ";
      assert.deepEqual(
        [
          secretly(true, (reader) => reader.text("p")),
          secretly(987, (reader) => reader.integer("p", range)),
          secretly("hush", (reader) => reader.decimal("p", range)),
          secretly("hush", (reader) => reader.flag("p")),
          secretly("hush", (reader) => reader.oneOf("p", ["red"])),
          secretly("hush", (reader) => reader.texts("p")),
          secretly("hush", (reader) => reader.list("p", () => null)),
          secretly("hush", (reader) => reader.object("p", () => null)),
        ].flat(),
        [
          "a string",
          "a whole number from 1 to 2",
          "a number from 1 to 2",
          "true or false",
          "one of: red",
          "a list",
          "a list",
          "an object (name: value)",
        ].map((allowed) => `${hidden}${allowed}.`),
      );
    });

    it("in lists and nested objects, at any depth", () => {
      const deep = (reader: Reader) =>
        reader.object("p", (p) => p.list("list", (item) => item.object("of", (of) => of.flag("value"))));
      assert.deepEqual(secretly({ list: ["hush", { of: { value: "hush" } }] }, deep), [
        "p.list[0] is a secret that is not shown here → Use an object (name: value).",
        "p.list[1].of.value is a secret that is not shown here → Use true or false.",
      ]);
      assert.deepEqual(
        secretly([true], (reader) => reader.texts("p")),
        ["p[0] is a secret that is not shown here → Use a string."],
      );
    });

    it("and only there", () => {
      const { problems } = read(
        { p: "hush", q: "shown" },
        (reader) => [reader.flag("p"), reader.flag("q")],
        (name) => name === "p",
      );
      assert.deepEqual(problems, [
        "p is a secret that is not shown here → Use true or false.",
        'q is "shown" → Use true or false.',
      ]);
    });

    it("in what a table makes of it either", () => {
      const telling = (text: string): Resolution<never> => {
        return { resolved: false, problem: `there is no ${text}`, allowed: `something else than ${text}` };
      };
      const hidden = /^p(\[0\])? is a secret that is not shown here(?!.*hush)/;
      for (const problem of [
        ...secretly("hush", (reader) => reader.resolved("p", telling)),
        ...secretly(["hush"], (reader) => reader.resolvedList("p", telling)),
      ]) {
        assert.match(problem, hidden);
      }
    });
  });

  it("never throws, whatever the properties are", () => {
    const range = { minimum: 1, maximum: 4 };
    const methods: readonly ((reader: Reader) => unknown)[] = [
      (reader) => reader.text("p"),
      (reader) => reader.integer("p", range),
      (reader) => reader.decimal("p", range),
      (reader) => reader.flag("p"),
      (reader) => reader.oneOf("p", COLOURS, { red: "red" }),
      (reader) => reader.resolved("p", resolve),
      (reader) => reader.resolvedList("p", resolve),
      (reader) => reader.texts("p"),
      (reader) => reader.object("p", (inner) => inner.list("p", (item) => item.text("p"))),
      (reader) => reader.requiredObject("p", "p", (inner) => inner.requiredObject("p", "p", (deep) => deep.flag("p"))),
      (reader) => reader.list("p", (inner) => inner.object("p", (deep) => deep.texts("p"))),
      (reader) => {
        reader.reportUnread();
      },
    ];
    const plain = fc.letrec<{ value: Plain }>((tie) => ({
      value: fc.oneof(
        { depthSize: "medium", withCrossShrink: true },
        fc.constantFrom<Plain>(null, UNKNOWN, true, "", "one", "red", "4", NaN),
        fc.string(),
        fc.double(),
        fc.array(tie("value")),
        fc.dictionary(fc.oneof(fc.constant("p"), fc.string()), tie("value"), { noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(plain, fc.dictionary(fc.string(), plain), fc.boolean(), (value, others, secret) => {
        for (const method of methods) {
          const { problems } = read({ ...others, p: value }, method, () => secret);
          for (const problem of problems) assert.match(problem, / → (Use|Give|Remove) [^]+\.$/);
        }
      }),
    );
  });
});
