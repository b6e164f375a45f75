import assert from "node:assert/strict";
import { join } from "node:path";
import { preview } from "../engine";
import { CHOSEN, EVERYTHING } from "../policies/vmm/topologies";
import { ROOT } from "../root";
import { type Resources, findings, yamlProgram } from "./program";

const EXAMPLES = join(ROOT, "examples");

function open(from: string, to: string, ...ports: readonly string[]): Resources[string] {
  return { type: "Firewall", properties: { from, to, allow: [{ ports }] } };
}

const VMM: Resources = {
  vmm1: {
    type: "VmmServer",
    properties: {
      version: "System Center 2012 Virtual Machine Manager",
      host: "vmm-vm",
      ...EVERYTHING,
      virtualMachines: ["app1"],
      bitsPort: 30444,
      ports: CHOSEN,
    },
  },
};

const RIGHT: Resources = {
  ...VMM,
  "to-hosts-1": open("vmm-vm", "hv1", "30444", "5985-5986"),
  "to-hosts-2": open("vmm-vm", "hv2", "30444", "5985-5986"),
  "to-library": open("vmm1", "lib1", "30444"),
  "to-sql": open("vmm1", "sql1", "1433"),
  "to-load-balancer": open("vmm1", "lb1", "443"),
  "to-wsus": open("vmm1", "wsus1", "8531"),
  "to-xen": open("vmm1", "xen1", "3260", "5989"),
  "to-p2v": open("vmm1", "old1", "135", "4443"),
  "to-guest": open("vmm1", "app1", "5985"),
  "to-storage": open("vmm1", "san1", "5988"),
  "to-vcenter": open("vmm1", "vc1", "443"),
  "to-esx-3i": open("vmm1", "esx2", "443"),
  "to-bmc1": {
    type: "Firewall",
    properties: { from: "vmm1", to: "bmc1", allow: [{ protocol: "udp", ports: ["623"] }] },
  },
  "to-bmc2": open("vmm1", "bmc2", "443"),
  "between-hosts-1": open("hv1", "hv2", "30444"),
  "between-hosts-2": open("hv2", "hv1", "30444"),
  "library-1": open("lib1", "hv1", "30444"),
  "library-2": open("lib1", "hv2", "30444"),
  "clients-1": open("desk1", "hv1", "2179"),
  "clients-2": open("desk1", "hv2", "2179"),
  "clients-3": open("desk1", "app1", "3389"),
  "from-console": open("admin1", "vmm-vm", "8100-8103"),
  "from-portal": open("ssp1", "vmm1", "8100"),
  "from-windows-pe": open("new1", "vmm1", "8101", "8103"),
  "from-wds": open("pxe1", "vmm1", "8102"),
  "to-esx": open("vmm1", "esx1", "22"),
  "to-portal": open("*", "ssp1", "443"),
};

describe("a whole topology of VMM 2012, previewed by the real engine", () => {
  it("passes without a word where every connection is open", async () => {
    const { code, events } = await preview(yamlProgram(RIGHT));
    assert.deepEqual({ code, findings: findings(events) }, { code: 0, findings: [] });
  });

  it("is blocked, with a finding for each of six holes and no other", async () => {
    const { code, events } = await preview(
      yamlProgram({
        ...RIGHT,
        "to-load-balancer": open("vmm1", "lb1", "8080"),
        "to-wsus": open("vmm1", "wsus1", "8532"),
        "to-xen": open("vmm1", "xen1", "3260"),
        "to-p2v": open("vmm1", "old1", "4443"),
        "from-windows-pe": open("new1", "vmm1", "8101"),
        "from-wds": { type: "Firewall", properties: { from: "pxe1", to: "vmm1", deny: [{ ports: ["8000-9000"] }] } },
      }),
    );
    assert.notEqual(code, 0);
    const server = "VMM management server";
    assert.deepEqual(
      findings(events),
      [
        `mandatory vmm-ports to-load-balancer: to-load-balancer does not open TCP 80 or 443 from vmm1 to lb1. VMM 2012 needs it: ${server} to load balancer (HTTP/HTTPS).`,
        `mandatory vmm-ports to-wsus: to-wsus does not open TCP 80, 8530, 443 or 8531 from vmm1 to wsus1. VMM 2012 needs it: ${server} to WSUS server (data channel) (HTTP/HTTPS); ${server} to WSUS server (control channel) (HTTP/HTTPS).`,
        `mandatory vmm-ports to-xen: to-xen does not open TCP 5989 from vmm1 to xen1. VMM 2012 needs it: ${server} to XenServer host (control channel) (HTTPS).`,
        `mandatory vmm-ports to-p2v: to-p2v does not open TCP 135 from vmm1 to old1. VMM 2012 needs it: ${server} to P2V source agent (control channel) (DCOM).`,
        "mandatory vmm-ports from-windows-pe: from-windows-pe does not open TCP 8103 from new1 to vmm1. VMM 2012 needs it: Windows PE agent to VMM management server (time sync) (WCF).",
        "mandatory vmm-ports from-wds: from-wds denies TCP 8102 from pxe1 to vmm1. VMM 2012 needs it: WDS provider to VMM management server (WCF).",
      ].sort(),
    );
  });

  it("is the example vmm-2012, with its two mistakes", async () => {
    const { code, events } = await preview(join(EXAMPLES, "vmm-2012-violations"));
    assert.notEqual(code, 0);
    assert.deepEqual(findings(events), [
      "mandatory vmm-ports to-hv2: to-hv2 does not open TCP 5986 from vmm1 to hv2. VMM 2012 needs it: VMM management server to VMM agent on Windows Server-based host (control channel, SSL) (WS-Management).",
      "mandatory vmm-ports-exposed internet-to-vmm: internet-to-vmm opens TCP 8100 of vmm1 to the whole internet.",
    ]);
  });
});
