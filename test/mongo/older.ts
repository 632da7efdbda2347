import type { Db, Document } from 'mongodb';
import { ObjectId } from 'mongodb';

/** What version a9bdd3a did not write yet, by where it stands; see its `src/mongo/documents.ts`. */
const NEWER = {
  ballot: ['r', 'is_default_weight', 'ai_model', 'phase'],
  basis: ['total_agents', 'quorum', 'self'],
  vote: ['rule', 'parameter_version', 'default_weights'],
  agent: ['bins', 'swarm_hits', 'pnl_units'],
  outcome: ['pnl_units'],
  unsettled: ['changes_id', 'suggestion_id', 'node_version'],
};

const lacking = (document: Document, names: readonly string[]): Document =>
  Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));
const orNull = (document: Document | null, change: (document: Document) => Document): Document | null =>
  document === null ? null : change(document);

const outcome = (of: Document | null) => orNull(of, (one) => lacking(one, NEWER.outcome));
const feedback = (of: Document): Document => ({ ...of, outcome: outcome(of['outcome']) });
/** Money by whole cents. */
const agent = (of: Document): Document => ({
  ...lacking(of, NEWER.agent),
  pnl_cents: Math.round(Number(of['pnl_units']) / 1e6),
});
const ballots = (of: Document[]): Document[] => of.map((ballot) => lacking(ballot, NEWER.ballot));
const basis = (of: Document | null) => orNull(of, (one) => lacking(one, NEWER.basis));
const learning = (of: Document | null) => orNull(of, (one) => lacking(one, ['lesson_sources']));

const OLDER: Record<string, (document: Document) => Document> = {
  ai_conversations: ({ swarm_vote: vote, ...rest }) => ({
    ...lacking(rest, ['start_phase']),
    swarm_vote: { ...lacking(vote, NEWER.vote), votes: ballots(vote.votes), basis: basis(vote.basis) },
  }),
  ai_decisions_log: (decision) => ({
    ...lacking(decision, ['node_version']),
    ballots: ballots(decision['ballots']),
    basis: basis(decision['basis']),
    learning: learning(decision['learning']),
    outcome: outcome(decision['outcome']),
    feedback: decision['feedback'].map(feedback),
  }),
  ai_node_learning: (node) => ({
    ...lacking(node, ['consensus']),
    agents: node['agents'].map(agent),
    unsettled: orNull(node['unsettled'], (one) => ({
      ...lacking(one, NEWER.unsettled),
      learning: learning(one['learning']),
      outcome: outcome(one['outcome']),
      feedback: feedback(one['feedback']),
    })),
    parameters: { version: 1, quorum: 50 },
  }),
};

/** Rewrites all documents of a node as that version would have left them, without a history of its parameters. */
export async function makeOlder(db: Db, userNodeId: string): Promise<void> {
  const ofNode = { user_node_id: new ObjectId(userNodeId) };
  for (const [name, older] of Object.entries(OLDER)) {
    const collection = db.collection(name);
    for (const document of await collection.find(ofNode).toArray()) {
      const { _id, ...rest } = older(document);
      await collection.replaceOne({ _id }, rest);
    }
  }
  await db.collection('ai_parameter_changes').deleteMany(ofNode);
}
