const KEY = 'swarm.token';

/** The token this tab asks with, '' without one. It lives as long as the tab, and never stands in a URL. */
export function readToken(): string {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

/** Asks with another token from now on, '' for none. */
export function keepToken(token: string): void {
  const bare = token.trim().replace(/^bearer\s+/i, '');
  if (bare === '') sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, bare);
}

/** Takes another token, and begins anew with it. */
export function takeToken(token: string): void {
  keepToken(token);
  location.reload();
}

/** What is sent as headers over HTTP and as `connectionParams` over graphql-ws. */
export function authorization(): { authorization?: string } {
  const token = readToken();
  return token === '' ? {} : { authorization: `Bearer ${token}` };
}
