import { azureLocalSize } from "../../../policies/hosts/azure-local-size";
import { deployment } from "../../azure-local";
import { host, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const GB = 1024;

ruleTest(azureLocalSize, {
  passes: [
    ["machines of one model", deployment()],
    ["32 GB", deployment({}, [{ memoryMB: 32 * GB }])],
    ["memory that is not declared", deployment({}, [{ memoryMB: undefined }])],
    ["a small host of Windows Server", [host("h1", { operatingSystem: "Windows Server 2022", memoryMB: 8 * GB })]],
  ],
  finds: [
    [
      "less than 32 GB",
      deployment({}, [{ memoryMB: 32 * GB - 1 }]),
      "n1: n1 has 32767 MB of memory; a machine of Azure Local needs 32768 MB or more.",
      {
        found: { value: 32767, unit: "MB" },
        limit: { bound: "atLeast", value: 32768, unit: "MB" },
        fix: "Use a machine with 32 GB of memory or more.",
        source: "azure-local-requirements",
        advisory: false,
      },
    ],
    [
      "machines with other processors, said once",
      deployment({}, [
        {},
        { processors: { sockets: 1, coresPerSocket: 16, threadsPerCore: 2 } },
        { processors: { sockets: 1, coresPerSocket: 16, threadsPerCore: 2 } },
      ]),
      "n2: n2 has 1 socket, and n1 in the same cluster cl1 has 2 sockets.",
      { fix: "Use machines of one model in cl1.", advisory: true },
    ],
  ],
  undecided: [
    [
      "memory that only the deployment knows",
      deployment({}, [{ memoryMB: UNKNOWN }]),
      "n1: memoryMB is not known until deployment: not checked by azure-local-size.",
    ],
  ],
});
