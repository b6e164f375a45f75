import type { Host } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, violation } from "../../lib/rules/verdict";
import { askedBy } from "../../lib/tables/cluster-requirements";
import { hostVersionName, hostVersions } from "../../lib/tables/host-versions";
import { fold } from "../../lib/text/names";

/** Hosts with Credential Guard do not authenticate live migration by CredSSP. */
export const liveMigrationAuthentication = defineRule<Host>({
  name: "live-migration-authentication",
  title: "Authentication of live migration",
  subject: "networks",
  level: "recommended",
  severity: "high",
  reach: "resource",
  why: "Credential Guard, which Windows Server 2025 turns on by default, keeps the credentials that CredSSP would send.",
  fix: "Set liveMigrationAuthentication to kerberos, and configure constrained delegation for the computer accounts of the hosts.",
  sources: ["live-migration-hosts"],
  tags: ["live-migration", "security"],
  applies: ({ hosts }) => hosts.filter(({ liveMigrationAuthentication: by }) => by.state !== "absent"),
  check: (host) =>
    given(host, { by: host.liveMigrationAuthentication }, ({ by }) => {
      // A host in no domain has no Credential Guard by default.
      if (by !== "credSSP" || fold(ifKnown(host.domain) ?? "") === "workgroup") return [];
      const version = ifKnown(host.operatingSystem);
      if (version === undefined) return missing(host, host.operatingSystem);
      if (!hasCredentialGuard(version)) return [];
      const problem = `${host.name} runs ${hostVersionName(version)} and authenticates live migration by CredSSP.`;
      return [
        violation(host, host.liveMigrationAuthentication.origin.path, problem, {
          found: { value: by },
          limit: { bound: "not", value: by },
          change: { path: "liveMigrationAuthentication", value: "kerberos" },
          ...askedBy("credSspMigration"),
        }),
      ];
    }),
});

/** From Windows Server 2025 on, and Azure Local. */
function hasCredentialGuard(version: string): boolean {
  const versions = hostVersions().map(({ id }) => id);
  const since = versions.indexOf("windows-server-2025");
  return (
    version === "azure-local" ||
    (since !== -1 && version.startsWith("windows-server") && versions.indexOf(version) >= since)
  );
}
