/** Something that a person has to settle before Pharos can go on. Printed as one line, without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    message: string,
    /** Exit code: 2 for what was asked, 3 for the state of this machine, 4 for data that does not hold. */
    readonly exitCode: 2 | 3 | 4 = 3,
  ) {
    super(message);
  }
}
