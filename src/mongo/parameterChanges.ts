import { type Collection, type Db, type Document, ObjectId } from 'mongodb';
import type { ChangeTransition, ParameterChange } from '../domain/change.js';
import type { UnsettledFeedback } from '../domain/node.js';
import type { ChangeFilter, PageRequest, ParameterStore } from '../domain/ports.js';
import type { ChangeDocument, ProposalDocument } from './learningDocuments.js';
import { isDuplicateKey } from './errors.js';
import { fromParameters, fromProposal, toChanges, toParameters, toProposal } from './parameterMapping.js';
import { ofNode } from './statements.js';

const DOCUMENTS_AT_ONCE = 10;

/**
 * The history of nodes' parameters, in `ai_parameter_changes`. A change and the parameters it brings are one document
 * and one write, and no two of a node have the same number: what is in force is the newest of them.
 */
export function parameterStore(db: Db): ParameterStore {
  const collection = db.collection<ChangeDocument>('ai_parameter_changes');
  return { ...changeReads(collection), ...changeWrites(collection) };
}

function changeReads(collection: Collection<ChangeDocument>) {
  return {
    async current(userId: string, userNodeId: string) {
      const newest = await collection.findOne<Pick<ProposalDocument, 'versions'>>(
        { ...ofNode(userId, userNodeId), 'versions.version': { $gt: 0 } },
        { projection: { _id: 0, versions: 1 }, sort: { 'versions.version': -1 } },
      );
      return toParameters(newest?.versions.at(-1));
    },

    async find(userId: string, id: string) {
      const document = await collection.findOne({ user_id: new ObjectId(userId), _id: new ObjectId(id) });
      return document === null || document.status === 'applied' ? null : toProposal(document);
    },

    async list(userId: string, userNodeId: string, filter: ChangeFilter, { after, limit }: PageRequest) {
      const [from, place] = after?.split('.') ?? [];
      const isAfter = ({ id }: ParameterChange): boolean => {
        const [own, at] = id.split('.');
        return own !== from || (at !== undefined && place !== undefined && Number(at) > Number(place));
      };
      // Each document holds one change or more: no more of them are read than it takes.
      const documents = collection
        .find(listFilter(userId, userNodeId, filter, from))
        .sort({ _id: -1 })
        .limit(limit + 1)
        .batchSize(DOCUMENTS_AT_ONCE);
      const found: ParameterChange[] = [];
      for await (const document of documents) {
        const changes = toChanges(document).filter(({ path }) => filter.path == null || path === filter.path);
        found.push(...changes.filter(isAfter));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
  };
}

function changeWrites(collection: Collection<ChangeDocument>) {
  const insertOnce = async (document: ChangeDocument): Promise<void> => {
    try {
      await collection.insertOne(document);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  };
  return {
    propose: (change: ParameterChange) => insertOnce(fromProposal(change)),

    async keepApplied(userId: string, userNodeId: string, unsettled: UnsettledFeedback): Promise<void> {
      const adjustments = unsettled.learning.parametersToAdjust.filter(({ applied }) => applied);
      if (adjustments.length === 0) return;
      await insertOnce({
        _id: new ObjectId(unsettled.changesId),
        ...ofNode(userId, userNodeId),
        status: 'applied',
        paths: adjustments.map(({ path }) => path),
        adjustments,
        decision_id: new ObjectId(unsettled.decisionId),
        schema_version: 1,
      });
    },

    async decide(userId: string, id: string, transition: ChangeTransition) {
      try {
        const stored = await collection.findOneAndUpdate(
          { _id: new ObjectId(id), user_id: new ObjectId(userId), status: transition.from },
          transitionUpdate(transition),
          { returnDocument: 'after' },
        );
        return stored === null ? null : toProposal(stored as ProposalDocument);
      } catch (error) {
        // Another change of the node took the version meanwhile.
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    },
  };
}

function listFilter(
  userId: string,
  userNodeId: string,
  { status, path }: ChangeFilter,
  from: string | undefined,
): Document {
  return {
    ...ofNode(userId, userNodeId),
    ...(status == null ? {} : { status }),
    ...(path == null ? {} : { paths: path }),
    ...(from === undefined ? {} : { _id: { $lte: new ObjectId(from) } }),
  };
}

function transitionUpdate({ to, by, at, comment, parameters }: ChangeTransition): Document {
  const who = new ObjectId(by);
  const decided =
    to === 'rolled_back'
      ? { rolled_back_by: who, rolled_back_at: at, rolled_back_comment: comment }
      : { decided_by: who, decided_at: at, comment };
  return {
    $set: { status: to, ...decided },
    ...(parameters === null ? {} : { $push: { versions: fromParameters(parameters) } }),
  };
}
