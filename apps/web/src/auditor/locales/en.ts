const words = {
  nav: { home: 'Audit', ledger: 'Ledger', storage: 'Storage', activity: 'Activity' },
  home: {
    greeting: 'Welcome, {{name}}',
    about:
      'Check that the storage still holds every record and that the ledger was never rewritten. Your browser does the checking; it believes nothing that the hospital only says. You see no patient’s data.',
  },
} as const

export default words
