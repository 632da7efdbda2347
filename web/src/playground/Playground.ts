import { GraphiQL } from 'graphiql';
import { createElement, useEffect, useRef, useState } from 'react';
import { addressOf } from '../api/place.js';
import { keepToken, readToken, takeToken } from '../api/session.js';
import type { Example } from './examples.js';
import { ask } from './fetcher.js';
import { storage } from './storage.js';
import { askWho, type Who } from './who.js';

export interface PlaygroundProps {
  tabs: Example[];
  who: Who;
}

const TYPING_MS = 400;

/** GraphiQL with our examples, under a line that says who asks. */
export function Playground({ tabs, who: first }: PlaygroundProps) {
  const [who, setWho] = useState(first);
  const typing = useRef<number | undefined>(undefined);
  useEffect(() => () => clearTimeout(typing.current), []);
  const tryToken = async (token: string): Promise<void> => {
    keepToken(token);
    const now = await askWho();
    // The examples are filled in with what this token sees.
    if (first.isTrouble && !now.isTrouble) takeToken(token);
    else setWho(now);
  };
  const onEditHeaders = (text: string): void => {
    clearTimeout(typing.current);
    typing.current = window.setTimeout(() => {
      const token = tokenIn(text);
      if (token !== null && token !== readToken()) void tryToken(token);
    }, TYPING_MS);
  };
  return createElement(
    'div',
    { className: 'playground' },
    createElement(Header, { who }),
    createElement(
      'main',
      null,
      createElement('h1', { className: 'hidden' }, 'GraphQL playground'),
      createElement(GraphiQL, {
        // Its own type wants answers of a shape that errors of a request that was refused do not have.
        fetcher: ask as never,
        storage,
        shouldPersistHeaders: false,
        showPersistHeadersSettings: false,
        defaultTabs: tabs,
        // Those of the first tab it leaves out otherwise.
        initialVariables: tabs[0]?.variables ?? '',
        defaultEditorToolsVisibility: 'variables',
        inputValueDeprecation: true,
        onEditHeaders,
      }),
    ),
  );
}

/** The way to the other pages, and who asks. */
export const Header = ({ who }: { who: Who }) =>
  createElement(
    'header',
    { className: 'who' },
    createElement(
      'nav',
      { 'aria-label': 'Pages' },
      createElement('a', { href: addressOf('') }, 'Conversations'),
      createElement('a', { href: addressOf('agents') }, 'Agents'),
    ),
    createElement('p', { role: 'status', className: who.isTrouble ? 'trouble' : '' }, who.text),
    readToken() !== '' &&
      createElement('button', { type: 'button', onClick: () => takeToken('') }, 'Forget the token'),
  );

/** The token in the headers as they are typed; null where there is none, or not yet. */
function tokenIn(text: string): string | null {
  try {
    const headers = Object.entries(JSON.parse(text) as Record<string, unknown>);
    const value = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
    return typeof value === 'string' ? value.replace(/^bearer\s+/i, '').trim() || null : null;
  } catch {
    return null;
  }
}
