import { Button } from '@mantine/core'
import { useState } from 'react'
import { CardNumberInput } from '../../CardNumberInput.tsx'
import { PrintCard } from '../../PrintCard.tsx'
import { ScanCardDialog } from '../../ScanCardDialog.tsx'
import { ShowCard } from '../../ShowCard.tsx'
import { awkwardCards, sampleAddress, sampleDetails } from '../sample-cards.ts'
import classes from './Story.module.css'

const fetchAddress = async () => sampleAddress()
const detailsOf = (card: string) => ({ ...sampleDetails, ...awkwardCards[card] })

/** One component each, with invented cards. Tests only. */
export function Story({ name }: { name: string }) {
  const card = new URLSearchParams(location.search).get('card') ?? ''
  return (
    <main className={classes.page}>
      <h1>{name}</h1>
      {name === 'show' && <ShowCard details={detailsOf(card)} fetchAddress={fetchAddress} />}
      {name === 'print' && (
        <PrintCard opened onClose={() => undefined} details={detailsOf(card)} fetchAddress={fetchAddress} />
      )}
      {name === 'number' && <NumberStory />}
      {name === 'scan' && <ScanStory />}
    </main>
  )
}

function NumberStory() {
  const [digits, setDigits] = useState('')
  return <CardNumberInput value={digits} onChange={setDigits} />
}

function ScanStory() {
  const [opened, setOpened] = useState(true)
  const [found, setFound] = useState('')
  return (
    <>
      <Button onClick={() => setOpened(true)}>Scan again</Button>
      <output data-testid="found">{found}</output>
      <ScanCardDialog
        opened={opened}
        onClose={() => setOpened(false)}
        onCard={({ cardNumber }) => {
          setFound(`card ${cardNumber}`)
          setOpened(false)
        }}
        onNumber={(number) => {
          setFound(`number ${number}`)
          setOpened(false)
        }}
      />
    </>
  )
}
