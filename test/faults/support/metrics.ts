/** One figure of the server's `/metrics`. */
export async function metric(url: string, name: string): Promise<number> {
  const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(10_000) });
  const found = new RegExp(`^${name} (\\d+)$`, 'm').exec(await response.text());
  if (found === null) throw new Error(`There is no metric "${name}".`);
  return Number(found[1]);
}

/** Its open WebSockets, and the operations that run on them. */
export async function openOn(url: string): Promise<{ sockets: number; operations: number }> {
  return {
    sockets: await metric(url, 'graphql_sockets'),
    operations: await metric(url, 'graphql_socket_operations'),
  };
}
