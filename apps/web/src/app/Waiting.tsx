import classes from './Waiting.module.css'

/** While a page's code or words are on their way; drawn only after a moment, so that quick pages do not flicker. */
export function Waiting() {
  return (
    <div className={classes.waiting} role="status" aria-live="polite">
      <span className={classes.ring} />
    </div>
  )
}
