import { Frame } from '../parts/Frame.js';
import { Trouble } from '../parts/Trouble.js';
import { IconSprite } from './Icon.js';
import { Log } from './Log.js';
import { OutcomePanel } from './OutcomePanel.js';
import { ReplayBar } from './ReplayBar.js';
import { RoomHead } from './RoomHead.js';
import { position, shown } from './replay.js';
import { failure, head } from './roomState.js';
import { VotePanel } from './VotePanel.js';

/** One conversation: what is said, how it is voted, what came of it; as it is now or as it was. */
export function Room() {
  const now = head.value;
  const told = failure.value;
  const replayed = position.value === null ? null : shown.value;
  const at = replayed?.head ?? now;
  return (
    <Frame at="room" isLive={told === null}>
      {told && <Trouble failure={told} retry={() => location.reload()} />}
      {now === null && !told && <p class="quiet">Reading the conversation.</p>}
      {now !== null && at !== null && (
        <>
          <IconSprite />
          <RoomHead
            head={at}
            until={replayed ? (replayed.messages.at(-1)?.timestamp ?? at.createdAt) : null}
          />
          <ReplayBar />
          <div class="room">
            <Log replayed={replayed?.messages ?? null} />
            <aside class="room-side" aria-label="Vote and outcome">
              <VotePanel vote={at.swarmVote} />
              <OutcomePanel head={at} isReplayed={replayed !== null} />
            </aside>
          </div>
        </>
      )}
    </Frame>
  );
}
