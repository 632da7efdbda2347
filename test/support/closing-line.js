/** Prints the plain closing line that CI reads, alone and after all that jest prints itself. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    process.once('exit', () =>
      process.stdout.write(`Tests: ${results.numPassedTests} passed, ${failed} failed\n`),
    );
  }
}
