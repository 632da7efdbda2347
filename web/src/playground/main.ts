import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '../style/playground.css';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { ask } from '../api/ask.js';
import { PlaygroundIdsDocument } from '../generated/graphql.js';
import { makeAccessible } from './accessible.js';
import { type Example, examplesOf, idsOf, NO_IDS } from './examples.js';
import { Playground } from './Playground.js';
import { askWho } from './who.js';

/** What a link to here asks, `?query=…&variables=…`, as a tab before the others. */
function linked(asked: URLSearchParams): Example[] {
  const query = asked.get('query');
  return query === null ? [] : [{ query, variables: asked.get('variables') ?? '' }];
}

const app = document.getElementById('app') as HTMLElement;
const [who, ids] = await Promise.all([askWho(), ask(PlaygroundIdsDocument, {}).then(idsOf, () => NO_IDS)]);
const tabs = [...linked(new URLSearchParams(location.search)), ...examplesOf(ids)];
makeAccessible(app);
createRoot(app).render(createElement(Playground, { tabs, who }));
