import * as pulumi from "@pulumi/pulumi";

interface NamedArgs {
  name?: pulumi.Input<string | undefined>;
}

/** What every component of this package registers, whatever its class. */
export interface Declaration {
  /** The declared name, or the name of the resource. */
  readonly name: pulumi.Output<string>;
  /** Names of the inputs that hold a secret; undefined when there is none. */
  readonly secretInputs: pulumi.Output<string[] | undefined>;
  /** The whole canonical object: all inputs as they were given, with the two above. */
  readonly properties: pulumi.Inputs;
}

/**
 * Turns the arguments of a component into what it registers, both as its inputs and as its outputs: resource policies
 * see only the former, stack policies only the latter.
 *
 * Nothing is judged here. A malformed value goes through as it is, because the policy pack reports it with everything
 * else that is wrong, where a constructor could only stop the program at the first one.
 */
export function declare(resourceName: string, args: NamedArgs): Declaration {
  const name =
    args.name === undefined
      ? pulumi.output(resourceName)
      : pulumi.output(args.name).apply((given) => given ?? resourceName);
  const secretInputs = pulumi.output(namesOfSecrets(args));
  return { name, secretInputs, properties: { ...args, name, secretInputs } };
}

/**
 * The engine hands plain values to policy packs, so that only the program still knows what was secret. The answer is
 * computed beside the values and not from them: it is known when they are not, and it makes nothing secret.
 */
async function namesOfSecrets(args: object): Promise<string[] | undefined> {
  const names: string[] = [];
  for (const [name, value] of Object.entries<unknown>({ ...args })) {
    if (await pulumi.isSecret(pulumi.output(value))) names.push(name);
  }
  return names.length > 0 ? names : undefined;
}
