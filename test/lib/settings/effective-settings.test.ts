import assert from "node:assert/strict";
import type { EnforcementLevel } from "@pulumi/policy";
import type { PolicyConfiguration } from "../../../lib/settings/configuration";
import {
  EffectiveSettings,
  type EngineConfiguration,
  type SettingsSource,
} from "../../../lib/settings/effective-settings";
import { RULES, undecided } from "../../../policies";

const POLICIES = [...RULES, undecided];

function settings(source: SettingsSource = {}): EffectiveSettings {
  return new EffectiveSettings({ policies: POLICIES, today: "2026-11-22", ...source });
}

/** What the engine makes of a file: all policies, with their levels and parameters. */
function engineConfiguration(
  file: Readonly<Record<string, PolicyConfiguration>>,
  made = settings(),
): EngineConfiguration {
  const all = file["all"]?.enforcementLevel;
  const own = POLICIES.map(({ name }) => [name, all ?? made.ownLevel(name)] as const);
  const levels = new Map<string, EnforcementLevel>(own);
  for (const [name, { enforcementLevel }] of Object.entries(file)) {
    if (enforcementLevel !== undefined) levels.set(name, enforcementLevel);
  }
  return new Map(
    [...levels].map(([name, level]) => {
      const own = Object.entries(file[name] ?? {}).filter(([key]) => key !== "enforcementLevel");
      return [name, { level, properties: Object.fromEntries(own) }];
    }),
  );
}

function configured(
  file: Readonly<Record<string, PolicyConfiguration>>,
  source: SettingsSource = {},
): EffectiveSettings {
  const made = settings(source);
  made.configure(engineConfiguration(file, made));
  return made;
}

function problems({ problems: all }: EffectiveSettings): readonly string[] {
  return all.map(({ path, problem, fix }) => `${path}: ${problem} ${fix}`);
}

describe("EffectiveSettings", () => {
  describe("with the configuration of single policies", () => {
    it("are empty, and of today, until a policy is configured", () => {
      const made = settings();
      assert.deepEqual(made.of("host-memory-capacity"), { asOf: "2026-11-22", parameters: {} });
      assert.equal(made.knows("host-memory-capacity"), false);
      assert.match(new EffectiveSettings().of("a").asOf, /^\d{4}-\d{2}-\d{2}$/);
    });

    it("give each policy its own parameters, and all the day of the policy estate", () => {
      const made = settings();
      made.configurePolicy("host-memory-capacity", { reserveMB: 3 });
      made.configurePolicy("estate", { asOf: "2012-06-30" });
      assert.deepEqual(made.of("host-memory-capacity"), { asOf: "2012-06-30", parameters: { reserveMB: 3 } });
      assert.deepEqual(made.of("host-memory"), { asOf: "2012-06-30", parameters: {} });
      assert.deepEqual(
        ["host-memory-capacity", "host-memory", "estate"].map((policy) => made.knows(policy)),
        [true, false, true],
      );
    });

    it("keep the latest configuration, and no reference to its object", () => {
      const made = settings();
      const configuration: Record<string, unknown> = { reserveMB: 3 };
      made.configurePolicy("host-memory-capacity", configuration);
      configuration["reserveMB"] = 4;
      assert.deepEqual(made.of("host-memory-capacity").parameters, { reserveMB: 3 });
      made.configurePolicy("host-memory-capacity", {});
      assert.deepEqual(made.of("host-memory-capacity").parameters, {});
    });

    it("check the configuration, and take today for a date that is not valid", () => {
      const made = settings();
      made.configurePolicy("estate", { asOf: 2012 });
      assert.equal(made.of("host-memory").asOf, "2026-11-22");
      assert.deepEqual(problems(made), ["estate.asOf: estate.asOf is 2012, which is not a string. Give a string."]);
    });

    it("know no level but that of the pack", () => {
      assert.equal(settings().levelOf("host-memory"), "mandatory");
      assert.equal(settings().levelOf("backup-coverage"), "advisory");
    });
  });

  describe("with the whole configuration", () => {
    it("know every policy and its level at once", () => {
      const made = configured({
        "host-memory": { enforcementLevel: "advisory" },
        "host-memory-capacity": { reserveMB: 4096 },
      });
      assert.deepEqual(made.of("host-memory-capacity").parameters, { reserveMB: 4096 });
      assert.equal(made.knows("guest-memory"), true);
      assert.deepEqual(
        ["host-memory", "host-memory-capacity", "backup-coverage"].map((policy) => made.levelOf(policy)),
        ["advisory", "mandatory", "advisory"],
      );
      assert.deepEqual(made.problems, []);
    });

    it("ignore the configuration of single policies", () => {
      const made = configured({ estate: { asOf: "2012-06-30" } });
      made.configurePolicy("estate", { asOf: "2013-01-01" });
      assert.equal(made.pack.asOf, "2012-06-30");
    });

    it("have no problem when nothing was set, whatever the levels of the pack are", () => {
      assert.deepEqual(configured({}).problems, []);
      assert.deepEqual(configured({ all: { enforcementLevel: "disabled" } }).problems, []);
      assert.deepEqual(configured({}, { options: { all: { enforcementLevel: "advisory" } } }).problems, []);
    });

    it("name a policy that does not exist, with those that are meant", () => {
      assert.deepEqual(problems(configured({ "guest-procesor-count": { enforcementLevel: "advisory" } })), [
        "guest-procesor-count: guest-procesor-count is not a policy of this pack. " +
          'Use one of: "guest-processor-count", "guest-adapter-count", "guest-disk-count".',
      ]);
    });

    it("do not take remediation for a level", () => {
      assert.deepEqual(problems(configured({ "guest-memory": { enforcementLevel: "remediate" } })), [
        'guest-memory.enforcementLevel: guest-memory.enforcementLevel is "remediate", which is not a valid value. ' +
          'Use one of: "advisory", "mandatory", "disabled".',
      ]);
    });

    it("object to a disabled estate that carries settings, which hold nevertheless", () => {
      const made = configured({ estate: { enforcementLevel: "disabled", asOf: "2012-06-30" } });
      assert.equal(made.of("guest-memory").asOf, "2012-06-30");
      assert.deepEqual(problems(made), [
        'estate: estate is disabled, but contains settings of the whole pack: "asOf". ' +
          'Give it the level "advisory" or "mandatory".',
      ]);
      assert.deepEqual(problems(configured({ estate: { enforcementLevel: "disabled" } })), []);
      const everything = { all: { enforcementLevel: "disabled" }, estate: { details: true } } as const;
      assert.deepEqual(problems(configured(everything)), [
        'estate: estate is disabled by all, but contains settings of the whole pack: "details". ' +
          'Give it the level "advisory" or "mandatory".',
      ]);
      const own = {
        all: { enforcementLevel: "disabled" },
        estate: { enforcementLevel: "advisory", details: true },
      } as const;
      assert.deepEqual(problems(configured(own)), []);
    });
  });

  it("list problems in the same order, whatever the order of the policies", () => {
    const file = {
      "a-rule": { enforcementLevel: "advisory" },
      "host-memory": { x: 1 },
      estate: { y: 1, z: 1 },
    } as const;
    const made = settings();
    made.configure(new Map([...engineConfiguration(file, made)].reverse()));
    const paths = ["a-rule", "estate.y", "estate.z", "host-memory.x"];
    assert.deepEqual(
      made.problems.map(({ path }) => path),
      paths,
    );
    assert.deepEqual(
      configured(file).problems.map(({ path }) => path),
      paths,
    );
  });

  describe("made with options", () => {
    const options = {
      all: { enforcementLevel: "advisory" },
      "guest-memory": { enforcementLevel: "mandatory" },
      "exchange-survives-host-loss": { hostsLost: 2, reserveMB: 1 },
      estate: { asOf: "2012-06-30", details: true, notExemptible: ["guest-memory"] },
    } as const;

    it("follow them", () => {
      const made = settings({ options });
      assert.deepEqual(
        ["guest-memory", "host-memory", "backup-coverage"].map((policy) => made.levelOf(policy)),
        ["mandatory", "advisory", "advisory"],
      );
      assert.deepEqual(made.of("exchange-survives-host-loss"), {
        asOf: "2012-06-30",
        parameters: { hostsLost: 2, reserveMB: 1 },
      });
    });

    it("are overridden by the configuration, policy by policy and key by key", () => {
      const made = configured(
        {
          "guest-memory": { enforcementLevel: "disabled" },
          "exchange-survives-host-loss": { reserveMB: 2 },
          estate: { asOf: "2013-01-01" },
        },
        { options },
      );
      assert.deepEqual(
        ["guest-memory", "host-memory"].map((policy) => made.levelOf(policy)),
        ["disabled", "advisory"],
      );
      assert.deepEqual(made.of("exchange-survives-host-loss").parameters, { hostsLost: 2, reserveMB: 2 });
      assert.deepEqual([made.pack.asOf, made.pack.details], ["2013-01-01", true]);
      assert.deepEqual(made.problems, []);
    });

    it("but let nobody exempt what the options say may not be", () => {
      const made = configured(
        {
          estate: {
            notExemptible: [],
            exemptions: [{ rule: "guest-memory", resource: "vm1", reason: "Old.", expires: "2027-01-31" }],
          },
        },
        { options },
      );
      assert.deepEqual(problems(made), [
        'estate.exemptions: estate.exemptions exempts guest-memory for "vm1", but findings of guest-memory cannot be ' +
          "exempted. Remove the exemption, and fix what the rule finds.",
      ]);
      assert.equal(made.exemptions.concern("guest-memory"), false);
    });
  });

  describe("with a profile", () => {
    it("leave out what it has not, and judge lifecycles for its day", () => {
      const made = configured({ estate: { profile: "2008r2" } });
      assert.equal(made.isLeftOut("guest-memory"), true);
      assert.equal(made.levelOf("guest-memory"), "disabled");
      assert.equal(made.isLeftOut("guest-os-supported"), false);
      assert.equal(made.of("guest-os-lifecycle").asOf, "2012-06-30");
      assert.equal(configured({ estate: { profile: "2008r2", asOf: "2010-01-01" } }).of("estate").asOf, "2010-01-01");
      assert.equal(configured({ estate: { profile: "2026.1" } }).of("estate").asOf, "2026-11-22");
    });

    it("leave out nothing without one", () => {
      for (const { name } of POLICIES) assert.equal(configured({}).isLeftOut(name), false);
    });

    it("object to the configuration of what it leaves out, unless that is disabled anyway", () => {
      const file = {
        estate: { profile: "2008r2" },
        "guest-memory": { enforcementLevel: "advisory" },
        "guest-disk-size": { enforcementLevel: "disabled" },
      } as const;
      assert.deepEqual(problems(configured(file)), [
        "guest-memory: guest-memory is configured, but is not in the profile 2008r2. Remove it, or choose another profile.",
      ]);
    });

    it("block no more than it did, where a rule has become stricter since", () => {
      const stricter = POLICIES.map((policy) =>
        policy.name === "backup-coverage" ? { ...policy, enforcement: "mandatory" as const } : policy,
      );
      const of = (file: Readonly<Record<string, PolicyConfiguration>>, source: SettingsSource = {}) => {
        const made = settings({ policies: stricter, ...source });
        made.configure(engineConfiguration(file, made));
        return [made.levelOf("backup-coverage"), made.lowered("backup-coverage")];
      };
      const profile = { estate: { profile: "2026.1" } };
      assert.deepEqual(of({}), ["mandatory", undefined]);
      assert.deepEqual(of(profile), ["advisory", "advisory"]);
      assert.deepEqual(of({ ...profile, all: { enforcementLevel: "mandatory" } }), ["mandatory", undefined]);
      assert.deepEqual(of({ ...profile, "backup-coverage": { enforcementLevel: "disabled" } }), [
        "disabled",
        undefined,
      ]);
      const options = { "backup-coverage": { enforcementLevel: "mandatory" } } as const;
      assert.deepEqual(of(profile, { options }), ["mandatory", undefined]);
    });

    it("let the user make stricter what it only advises", () => {
      const made = configured({ estate: { profile: "2026.1" }, "backup-coverage": { enforcementLevel: "mandatory" } });
      assert.equal(made.levelOf("backup-coverage"), "mandatory");
      assert.equal(made.lowered("backup-coverage"), undefined);
    });
  });
});
