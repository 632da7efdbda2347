import { signal } from '@preact/signals';
import type { MessageType } from '../generated/graphql.js';
import type { Message } from './messageWindow.js';

export interface LogFilter {
  /** '' is any. */
  agentName: string;
  type: MessageType | '';
  /** Looked for in what was said, whatever its case. */
  text: string;
}

export const logFilter = signal<LogFilter>({ agentName: '', type: '', text: '' });

export const isFiltering = ({ agentName, type, text }: LogFilter): boolean =>
  agentName !== '' || type !== '' || text !== '';

/** Those of the messages that are to be shown. */
export function filtered(messages: readonly Message[], filter: LogFilter): readonly Message[] {
  if (!isFiltering(filter)) return messages;
  const text = filter.text.toLowerCase();
  return messages.filter(
    ({ agentName, messageType, content }) =>
      (filter.agentName === '' || filter.agentName === agentName) &&
      (filter.type === '' || filter.type === messageType) &&
      content.text.toLowerCase().includes(text),
  );
}
