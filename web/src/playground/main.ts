import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '../style/playground.css';
import { createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { ask } from '../api/ask.js';
import { PlaygroundIdsDocument } from '../generated/graphql.js';
import { makeAccessible } from './accessible.js';
import { type Example, examplesOf, idsOf, NO_IDS } from './examples.js';
import { Header, Playground } from './Playground.js';
import { askWho, type Who } from './who.js';

/** What a link to here asks, `?query=…&variables=…`, as a tab before the others. */
function linked(asked: URLSearchParams): Example[] {
  const query = asked.get('query');
  return query === null ? [] : [{ query, variables: asked.get('variables') ?? '' }];
}

const ASK_AGAIN_MS = 3_000;

/** Who asks, once the server says so; until then, why it does not. */
async function untilAnswered(root: Root): Promise<Who> {
  for (;;) {
    const who = await askWho();
    if (!who.isPassing) return who;
    root.render(createElement(Header, { who }));
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

const app = document.getElementById('app') as HTMLElement;
const root = createRoot(app);
const who = await untilAnswered(root);
const ids = await ask(PlaygroundIdsDocument, {}).then(idsOf, () => NO_IDS);
const tabs = [...linked(new URLSearchParams(location.search)), ...examplesOf(ids)];
makeAccessible(app);
root.render(createElement(Playground, { tabs, who }));
