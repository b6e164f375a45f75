import componentSchema from "../../lib/components/schema.json";
import { once } from "../../lib/tables/load";
import { inputsIn } from "./package-schema";
import type { ClassifiedFile, ClassifiedType } from "./property-classes";
import { SdkTypes } from "./sdk-properties";

const azureNative = once(() => SdkTypes.installed("@pulumi/azure-native"));

/** Every property that the schema of a type has: of the SDK or the package that is installed, or as the data has copied it. */
export function listedProperties(
  { provider }: Pick<ClassifiedFile, "provider">,
  { type, properties }: ClassifiedType,
): readonly string[] {
  const paths = Object.keys(properties);
  if (provider === "hyperv-guard") return inputsIn(componentSchema, type);
  if (provider !== "@pulumi/azure-native") return paths;
  const [, module = "", name = ""] = type.split(":");
  return azureNative().propertiesOf(module, name, new Set(paths.filter((path) => path.endsWith(".*"))));
}

/** The version of the provider that is installed; undefined for one whose lists are copies. */
export function installedVersion({ provider }: Pick<ClassifiedFile, "provider">): string | undefined {
  return provider === "@pulumi/azure-native" ? azureNative().version : undefined;
}
