/** Exit codes of sysexits.h: 75 "try again later", 78 "the configuration or the machine has to change". */
export const EXIT_IN_USE = 75;
export const EXIT_CONFIGURATION = 78;

/** A failure a person can act on; main.ts prints `message` and exits with `exitCode`. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';

  constructor(
    message: string,
    readonly exitCode: number = EXIT_CONFIGURATION,
  ) {
    super(message);
  }
}

/** Indents what another program printed, so that a message shows where our words end. */
export function quote(output: string): string {
  return output.replace(/^/gm, '  ');
}
