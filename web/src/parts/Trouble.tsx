import type { Failure } from '../api/failure.js';
import { addressOf } from '../api/place.js';
import { readToken, takeToken } from '../api/session.js';

/** What went wrong, in words, and the way on. */
export function Trouble({ failure, retry }: { failure: Failure; retry?: () => void }) {
  if (failure.code === 'UNAUTHENTICATED') return <TokenForm reason={failure.message} />;
  // Asked again it would be the same.
  const isElsewhere = failure.code === 'NOT_FOUND' || failure.code === 'BAD_ADDRESS';
  return (
    <div class="panel trouble" role="alert">
      <p>{failure.message}</p>
      {isElsewhere ? (
        <p>
          <a href={addressOf('')}>All conversations</a>
        </p>
      ) : (
        retry && (
          <p>
            <button type="button" onClick={retry}>
              Try again
            </button>
          </p>
        )
      )}
    </div>
  );
}

function TokenForm({ reason }: { reason: string }) {
  const had = readToken() !== '';
  return (
    <div class="panel trouble" role="alert">
      <h2>{had ? 'This token is not taken' : 'This server wants a token'}</h2>
      <p>{reason}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          takeToken(String(new FormData(event.currentTarget).get('token') ?? ''));
        }}
      >
        <input
          name="token"
          type="password"
          autocomplete="off"
          required
          aria-label="Token"
          placeholder="Paste a token"
        />
        <button class="primary" type="submit">
          Use it
        </button>
      </form>
      <p class="quiet">
        Get one from whoever runs this server. On a server of your own:{' '}
        <span class="code">npm run --silent token</span> prints one. It is kept in this tab only.
      </p>
    </div>
  );
}
