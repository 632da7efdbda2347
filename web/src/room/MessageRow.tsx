import { Component } from 'preact';
import { classOf, timeOf, words } from '../parts/format.js';
import { Icon, iconOf } from './Icon.js';
import type { Message } from './messageWindow.js';

/** A longer text is folded after so many characters. */
const LONG = 1_200;
const SHORT = 600;

interface Props {
  message: Message;
}

/** One message. It never changes, so it is drawn once. All that an agent said is text, and nothing else. */
export class MessageRow extends Component<Props, { isWhole: boolean }> {
  override state = { isWhole: false };

  override shouldComponentUpdate({ message }: Props, { isWhole }: { isWhole: boolean }): boolean {
    return message !== this.props.message || isWhole !== this.state.isWhole;
  }

  override render({ message }: Props) {
    const { seq, agentName, agentRole, aiModel, messageType, status, replyToSeq } = message;
    const { timestamp, content, vote, ui } = message;
    const edge = ui?.color ? { borderInlineStartColor: ui.color } : {};
    return (
      <article class={`message ${messageType.toLowerCase()} ${toneOf(message)}`} data-seq={seq} style={edge}>
        <header>
          <Icon name={iconOf(ui?.icon, messageType)} />
          <b>{agentName}</b>
          <span class="quiet">{agentRole}</span>
          {aiModel && <span class="chip">{aiModel}</span>}
          {status === 'LATE' && <span class="chip">Late</span>}
          {vote && <BallotChip vote={vote} />}
          {content.sentiment && <span class="chip">{words(content.sentiment)}</span>}
          {content.confidence !== null && !vote && <span class="chip">{content.confidence} % sure</span>}
          <span class="message-place">
            <span class="quiet">#{seq}</span> <time dateTime={timestamp}>{timeOf(timestamp)}</time>
          </span>
        </header>
        {replyToSeq !== null && <p class="quiet small">Answers #{replyToSeq}</p>}
        {messageType === 'THOUGHT' ? (
          <details>
            <summary>Thought</summary>
            {this.said(content.text)}
          </details>
        ) : (
          this.said(content.text)
        )}
        {content.data !== null && (
          <details class="small">
            <summary>Data</summary>
            <pre class="code">{JSON.stringify(content.data, null, 2)}</pre>
          </details>
        )}
      </article>
    );
  }

  private said(text: string) {
    const isFolded = text.length > LONG && !this.state.isWhole;
    return (
      <>
        <p class="said">{isFolded ? `${text.slice(0, SHORT)} …` : text}</p>
        {isFolded && (
          <button type="button" class="small" onClick={() => this.setState({ isWhole: true })}>
            Show all {text.length.toLocaleString('en-US')} characters
          </button>
        )}
      </>
    );
  }
}

function BallotChip({ vote }: { vote: NonNullable<Message['vote']> }) {
  if (vote.action === null) return <span class="chip">{words(vote.abstention ?? 'ABSTAINED')}</span>;
  return (
    <span class="chip">
      <span class={classOf(vote.action)}>{vote.action}</span> {vote.confidence} %
      {vote.weight === 0 ? ', not counted' : vote.weight === 1 ? '' : `, weight ${vote.weight}`}
    </span>
  );
}

const toneOf = ({ ui }: Message): string => (ui?.tone === 'URGENT' ? 'urgent' : '');
