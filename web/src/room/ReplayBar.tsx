import { backToLive, isPlaying, lastSeq, play, position, SPEEDS, showAt, speed } from './replay.js';

/** Goes back to how the conversation was, and plays it again. */
export function ReplayBar() {
  const at = position.value;
  const end = lastSeq();
  if (end === 0) return null;
  return (
    <section class="replay" aria-label="Replay">
      {isPlaying.value ? (
        <button type="button" onClick={() => (isPlaying.value = false)}>
          Pause
        </button>
      ) : (
        <button type="button" onClick={play}>
          {at === null ? 'Replay' : 'Play'}
        </button>
      )}
      <input
        type="range"
        min={0}
        max={end}
        value={at ?? end}
        aria-label="Message"
        aria-valuetext={at === null ? `Live, ${end} messages` : `Message ${at} of ${end}`}
        onInput={({ currentTarget }) => {
          isPlaying.value = false;
          showAt(currentTarget.valueAsNumber);
        }}
      />
      <span class="replay-at">{at === null ? `${end}` : `${at} of ${end}`}</span>
      <label>
        <span class="hidden">Speed</span>
        <select
          value={speed.value}
          onChange={({ currentTarget }) => (speed.value = Number(currentTarget.value))}
        >
          {SPEEDS.map((perSecond) => (
            <option key={perSecond} value={perSecond}>
              {perSecond} a second
            </option>
          ))}
        </select>
      </label>
      {at !== null && (
        <button type="button" class="primary" onClick={backToLive}>
          Back to now
        </button>
      )}
    </section>
  );
}
