/** Ends the database that `global-setup.js` started. */
export default () => globalThis.stopTestDatabase();
