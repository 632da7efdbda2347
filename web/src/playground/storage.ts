/** Under which GraphiQL keeps what stands in its tabs. */
const OF_TABS = /^graphiql:(tabState|query|variables|headers|operationName)$/;

/**
 * What GraphiQL remembers: how it looks, and the history of what was run. Not its tabs: the page begins with examples
 * that can be run on what there is now, and a link shows what it asks. No token is in it.
 */
export const storage: Storage = {
  get length() {
    return localStorage.length;
  },
  key: (index) => localStorage.key(index),
  getItem: (key) => (OF_TABS.test(key) ? null : localStorage.getItem(key)),
  setItem: (key, value) => {
    if (!OF_TABS.test(key)) localStorage.setItem(key, value);
  },
  removeItem: (key) => localStorage.removeItem(key),
  clear: () => localStorage.clear(),
};
