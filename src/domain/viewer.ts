export type Scope = 'read' | 'write' | 'admin';

/** Who is asking. The user is the tenant: every read and write is bound to it. */
export interface Viewer {
  userId: string;
  scopes: readonly Scope[];
  /** The only agent it may speak as, null for any. */
  agentName: string | null;
  expiresAt: Date | null;
}
