/** What a token allows: to ask, to change, to decide on parameters. */
export type Scope = 'read' | 'write' | 'admin';

/** Who is asking. The user is the tenant: every read and write is bound to it. */
export interface Viewer {
  userId: string;
  /** Whom the token names, as it came; null in local mode. */
  subject: string | null;
  scopes: readonly Scope[];
  /** Why none was found in the token, for a person; null where some were. */
  scopesMissed: string | null;
  /** The only agent it may speak as, null for any. */
  agentName: string | null;
  expiresAt: Date | null;
}
