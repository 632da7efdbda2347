/**
 * Mends GraphiQL's tab bar, as it comes and changes: it calls an entry with two buttons in it, title and close, a tab,
 * which can hold none. It is a list of buttons, one of which is the current one.
 */
export function makeAccessible(root: HTMLElement): void {
  new MutationObserver(() => mend(root)).observe(root, {
    childList: true,
    subtree: true,
    attributeFilter: ['role', 'aria-selected'],
  });
}

function mend(root: HTMLElement): void {
  for (const list of root.querySelectorAll('[role="tablist"]')) list.setAttribute('role', 'list');
  root.querySelector('#graphiql-session[role="tabpanel"]')?.setAttribute('role', 'region');
  for (const entry of root.querySelectorAll('.graphiql-tab[aria-selected]')) {
    const isCurrent = entry.getAttribute('aria-selected') === 'true';
    entry.setAttribute('role', 'listitem');
    entry.removeAttribute('aria-selected');
    entry.querySelector('.graphiql-tab-button')?.setAttribute('aria-current', String(isCurrent));
  }
}
