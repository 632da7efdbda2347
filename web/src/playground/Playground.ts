import { GraphiQL } from 'graphiql';
import { createElement, useEffect, useRef, useState } from 'react';
import { keepToken, readToken } from '../api/session.js';
import type { Example } from './examples.js';
import { ask } from './fetcher.js';
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
  const onEditHeaders = (text: string): void => {
    clearTimeout(typing.current);
    typing.current = window.setTimeout(() => {
      const token = tokenIn(text);
      if (token === null || token === readToken()) return;
      keepToken(token);
      void askWho().then(setWho);
    }, TYPING_MS);
  };
  return createElement(
    'div',
    { className: 'playground' },
    createElement(
      'header',
      { className: 'who' },
      createElement('a', { href: '/' }, 'Swarm room'),
      createElement('p', { role: 'status', className: who.isTrouble ? 'trouble' : '' }, who.text),
    ),
    createElement(
      'main',
      null,
      createElement('h1', { className: 'hidden' }, 'GraphQL playground'),
      createElement(GraphiQL, {
        fetcher: ask as never,
        // A new browser tab begins with ids that are there; a reload keeps what was typed.
        storage: window.sessionStorage,
        shouldPersistHeaders: false,
        showPersistHeadersSettings: false,
        defaultTabs: tabs,
        defaultHeaders: headersText(),
        defaultEditorToolsVisibility: 'variables',
        inputValueDeprecation: true,
        onEditHeaders,
      }),
    ),
  );
}

/** What the Headers tab begins with: the token of this browser tab. */
export function headersText(): string {
  const token = readToken();
  return token === '' ? '' : JSON.stringify({ authorization: `Bearer ${token}` }, null, 2);
}

/** The token in the headers as they are typed, '' for none; null while they are no JSON. */
function tokenIn(text: string): string | null {
  if (text.trim() === '') return '';
  try {
    const headers = Object.entries(JSON.parse(text) as Record<string, unknown>);
    const value = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
    return typeof value === 'string' ? value.replace(/^bearer\s+/i, '').trim() : '';
  } catch {
    return null;
  }
}
