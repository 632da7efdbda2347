import { type Collection, type Db, type Document, ObjectId } from 'mongodb';
import type { ChangeTransition, ParameterChange } from '../domain/change.js';
import type { UnsettledFeedback } from '../domain/node.js';
import type { ChangeFilter, PageRequest, ParameterStore } from '../domain/ports.js';
import { changesOf } from './changeOne.js';
import type { ChangeDocument, ProposalDocument } from './learningDocuments.js';
import { isDuplicateKey } from './errors.js';
import { listsOf } from './lists.js';
import { type ListRequest, matching } from './listRequest.js';
import { fromParameters, fromProposal, toChanges, toParameters, toProposal } from './parameterMapping.js';
import { ofNode } from './statements.js';

/**
 * The history of nodes' parameters, in `ai_parameter_changes`. A change and the parameters it brings are one document
 * and one write, and no two of a node have the same number: what is in force is the newest of them.
 */
export function parameterStore(db: Db): ParameterStore {
  const collection = db.collection<ChangeDocument>('ai_parameter_changes');
  return { ...changeReads(collection), ...changeWrites(collection) };
}

function changeReads(collection: Collection<ChangeDocument>) {
  const lists = listsOf(collection);
  return {
    async current(userId: string, userNodeId: string) {
      const newest = await collection.findOne<Pick<ProposalDocument, 'versions'>>(
        { ...ofNode(userId, userNodeId), 'versions.version': { $gt: 0 } },
        { projection: { _id: 0, versions: 1 }, sort: { 'versions.version': -1 } },
      );
      return toParameters(newest?.versions.at(-1));
    },

    countOpen: (userId: string, userNodeId: string) =>
      collection.countDocuments({ ...ofNode(userId, userNodeId), status: 'proposed' }),

    async find(userId: string, id: string) {
      const whose = { user_id: new ObjectId(userId) };
      const [document] = await collection
        .aggregate<ChangeDocument>(matching({ _id: new ObjectId(id) }, whose))
        .toArray();
      return document === undefined || document.status === 'applied' ? null : toProposal(document);
    },

    async list(userId: string, userNodeId: string, filter: ChangeFilter, { after, limit }: PageRequest) {
      const [from, place] = after?.split('.') ?? [];
      const isAfter = ({ id }: ParameterChange): boolean => {
        const [own, at] = id.split('.');
        return own !== from || (at !== undefined && place !== undefined && Number(at) > Number(place));
      };
      // Each document holds one change or more; of the first, all may have been on the page before.
      const request = listRequest(ofNode(userId, userNodeId), filter, from, limit + 1);
      const documents = await lists.page<ChangeDocument>(request);
      return documents
        .flatMap(toChanges)
        .filter((change) => (filter.path == null || change.path === filter.path) && isAfter(change))
        .slice(0, limit);
    },
  };
}

function changeWrites(collection: Collection<ChangeDocument>) {
  const changeOne = changesOf(collection);
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

    async decide(userId: string, userNodeId: string, id: string, transition: ChangeTransition) {
      try {
        const stored = await changeOne<ProposalDocument>({
          key: { ...ofNode(userId, userNodeId), _id: new ObjectId(id) },
          guards: { status: transition.from },
          update: transitionUpdate(transition),
          version: 'status',
        });
        return stored && toProposal(stored);
      } catch (error) {
        // Another change of the node took the version meanwhile.
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    },
  };
}

function listRequest(
  node: ReturnType<typeof ofNode>,
  { status, path }: ChangeFilter,
  from: string | undefined,
  limit: number,
): ListRequest {
  const ofStatus = status == null ? null : { status };
  return {
    of: node,
    conditions: [
      // All but what feedback changed by itself is rare.
      status === 'applied' ? null : ofStatus,
      path == null ? null : { paths: path },
      status === 'applied' ? ofStatus : null,
    ].filter((one) => one !== null),
    rest: {},
    below: from === undefined ? null : { $lte: new ObjectId(from) },
    limit,
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
