import type { ComponentChildren } from 'preact';
import { addressOf } from '../api/place.js';
import { ConnectionBadge, ConnectionNotice } from './ConnectionBadge.js';
import icon from '../style/icon.svg';

export interface FrameProps {
  /** The page one is on, not to be linked to. */
  at: 'list' | 'room' | 'nodes' | 'agents';
  /** Left out on a page that follows nothing. */
  isLive?: boolean;
  children: ComponentChildren;
}

/** What is around every page: where one is, where one can go, and how the page stands to the server. */
export function Frame({ at, isLive = true, children }: FrameProps) {
  return (
    <div class="frame">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header>
        <a class="brand" href={addressOf('')} aria-current={at === 'list' ? 'page' : undefined}>
          <img src={icon} alt="" width="24" height="24" />
          Swarm
        </a>
        <nav aria-label="Pages">
          <a class="home" href={addressOf('')} aria-current={at === 'list' ? 'page' : undefined}>
            Conversations
          </a>
          <a href={addressOf('agents')} aria-current={at === 'nodes' ? 'page' : undefined}>
            Agents
          </a>
          <a href={addressOf('playground')}>Playground</a>
        </nav>
        {isLive && <ConnectionBadge />}
      </header>
      {isLive && <ConnectionNotice />}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
