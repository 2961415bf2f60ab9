const words = {
  state: {
    title: 'Ledger',
    entries: 'Entries',
    final: 'Cosigned entries',
    pending: 'Waiting for their place',
    published: 'Last published',
    readOnly:
      'The ledger takes no entries: it is behind what its witnesses have seen, or shows two histories. The operator must look at it.',
  },
  checkpoint: {
    title: 'Newest checkpoint',
    text_one:
      'One signature stands for {{count}} entry: were a single bit of it changed, this root would be another.',
    text_other:
      'One signature stands for all {{count}} entries: were a single bit of any changed, this root would be another.',
    alone:
      'No other hospital cosigns this log yet. Its own signature alone does not show that everybody sees the same.',
    signed: 'cosigned {{at}}',
    missing: 'has not cosigned this one yet',
  },
  check: {
    title: 'Check the whole log',
    text: 'Every entry is fetched and checked in this browser, without trusting the hospital’s computer: each entry against its tile, each tile against those below, the root against what was signed.',
    start: 'Check now',
    stop: 'Stop',
    progress: '{{done}} of {{total}} entries',
    sound_one: 'The log is whole: {{count}} entry leads to the signed root.',
    sound_other: 'The log is whole: {{count}} entries lead to the signed root.',
    unsound: 'The log does not hold',
    noQuorum: 'Too few hospitals have cosigned the checkpoint.',
  },
} as const

export default words
