/** The files that are judged without an engine, by the option that names them, and what each is. */
export const INPUT_OPTIONS = {
  state: 'a stack, as "pulumi stack export" writes it; - is standard input',
  preview: 'a preview, as "pulumi preview --json --show-sames" writes it',
  inventory: 'a running estate, as the script of "hyperv-guard inventory-script" writes it',
  "terraform-plan": 'a plan or a state of Terraform or OpenTofu, as "terraform show -json" writes it',
  arm: 'a template of Azure Resource Manager, as "bicep build" writes it',
  rvtools: "a VMware estate that is to move to Hyper-V, as RVTools exports it (.xlsx)",
} as const;

export type InputOption = keyof typeof INPUT_OPTIONS;

export function isInputOption(name: string): name is InputOption {
  return Object.hasOwn(INPUT_OPTIONS, name);
}

/** A file to be judged. */
export interface InputFile {
  readonly option: InputOption;
  /** `-` is standard input. */
  readonly file: string;
  /** The parameters file of a template. */
  readonly parameters?: string;
}
