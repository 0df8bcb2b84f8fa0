import styles from './sign-in.module.css';

// A drawing, not a photograph: nobody's lesion greets people who have not signed in.
const lesion =
  'M471 222L471 232L470 241L467 250L463 259L456 267L449 275L441 282L433 288L425 295L418 301L411 308L405 315L398 323L391 330L383 337L374 343L364 348L353 352L341 354L329 355L317 354L306 352L294 349L284 347L273 343L263 340L253 338L243 335L233 332L223 329L212 326L202 323L191 319L180 314L170 309L160 303L151 296L143 289L136 280L131 271L127 262L125 252L124 242L125 232L127 222L129 212L133 203L136 194L140 185L145 177L149 168L155 160L161 152L167 145L175 138L183 131L191 125L200 120L209 115L219 110L230 107L240 104L251 102L262 100L273 100L284 100L295 101L305 102L316 103L326 104L337 104L348 104L360 104L372 104L384 105L397 107L409 110L420 115L430 121L438 129L445 138L450 147L453 157L456 166L458 176L461 185L464 194L466 203L469 213Z';
const first =
  'M479 220L480 230L479 240L476 249L471 259L465 267L458 275L450 283L443 290L435 297L428 304L421 311L414 318L406 326L398 333L390 340L379 345L368 350L357 352L344 353L332 352L320 350L309 347L298 344L287 341L277 337L267 334L258 331L248 329L238 326L228 324L218 321L207 318L196 315L185 311L175 306L164 301L154 294L145 287L137 279L130 270L124 261L121 251L119 241L118 230L119 220L121 210L125 200L129 190L134 181L139 172L145 164L152 156L159 148L166 141L174 134L183 127L192 121L201 115L211 110L221 106L231 102L242 99L253 97L265 97L276 97L287 98L298 100L308 102L318 104L328 105L338 106L349 107L360 106L372 106L385 106L398 107L411 110L423 114L433 119L442 126L450 135L455 144L460 153L463 163L466 173L469 182L471 191L474 201L477 210Z';
const second =
  'M482 225L484 235L484 245L483 255L480 265L475 275L469 284L462 292L454 300L447 308L439 316L431 323L423 331L415 339L406 346L396 353L385 358L373 363L361 366L348 367L335 367L323 366L310 364L298 361L287 358L275 355L265 351L254 348L244 344L233 341L223 338L212 334L202 330L191 325L180 321L170 315L160 309L150 302L142 294L135 285L129 276L125 266L123 256L122 246L122 235L123 225L125 215L127 205L129 195L132 186L135 176L139 166L144 157L149 148L156 139L163 131L172 123L182 116L192 110L203 105L214 100L226 97L238 94L250 92L262 91L275 91L287 92L298 93L310 95L321 97L332 98L343 100L355 101L366 101L379 102L392 104L404 106L417 110L428 115L438 121L447 129L453 138L458 148L462 158L465 168L467 178L470 187L473 196L476 206L479 215Z';
const globules =
  'M303 282a2.8 2.8 0 1 0 5.7 0a2.8 2.8 0 1 0 -5.7 0M234 183a2.0 2.0 0 1 0 4.0 0a2.0 2.0 0 1 0 -4.0 0M391 228a2.5 2.5 0 1 0 5.1 0a2.5 2.5 0 1 0 -5.1 0M307 303a3.1 3.1 0 1 0 6.2 0a3.1 3.1 0 1 0 -6.2 0M333 174a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0M343 275a4.2 4.2 0 1 0 8.5 0a4.2 4.2 0 1 0 -8.5 0M209 212a3.7 3.7 0 1 0 7.4 0a3.7 3.7 0 1 0 -7.4 0M379 250a3.5 3.5 0 1 0 6.9 0a3.5 3.5 0 1 0 -6.9 0M290 236a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0 -8.4 0M210 234a4.3 4.3 0 1 0 8.5 0a4.3 4.3 0 1 0 -8.5 0M275 145a2.9 2.9 0 1 0 5.8 0a2.9 2.9 0 1 0 -5.8 0M317 170a4.4 4.4 0 1 0 8.8 0a4.4 4.4 0 1 0 -8.8 0M321 204a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0 -4.4 0M318 301a3.0 3.0 0 1 0 6.0 0a3.0 3.0 0 1 0 -6.0 0M257 190a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0M251 254a3.4 3.4 0 1 0 6.9 0a3.4 3.4 0 1 0 -6.9 0M212 183a3.7 3.7 0 1 0 7.4 0a3.7 3.7 0 1 0 -7.4 0M381 189a4.6 4.6 0 1 0 9.1 0a4.6 4.6 0 1 0 -9.1 0M276 193a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0 -8.4 0M391 205a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0M285 185a4.1 4.1 0 1 0 8.3 0a4.1 4.1 0 1 0 -8.3 0M249 203a2.0 2.0 0 1 0 4.0 0a2.0 2.0 0 1 0 -4.0 0M360 157a2.0 2.0 0 1 0 4.1 0a2.0 2.0 0 1 0 -4.1 0M318 172a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0 -4.4 0M271 291a4.2 4.2 0 1 0 8.5 0a4.2 4.2 0 1 0 -8.5 0M375 240a1.9 1.9 0 1 0 3.9 0a1.9 1.9 0 1 0 -3.9 0';

export function Illustration() {
  return (
    <figure className={styles.figure}>
      <svg
        viewBox="0 0 600 448"
        role="img"
        aria-label="Drawing of a skin lesion with a reference outline and the outlines of two model versions"
      >
        <defs>
          <radialGradient id="skin" cx="50%" cy="46%" r="75%">
            <stop offset="0" stopColor="#e9c9ab" />
            <stop offset="0.7" stopColor="#d9b08d" />
            <stop offset="1" stopColor="#8d6a52" />
          </radialGradient>
          <radialGradient id="pigment" cx="46%" cy="48%" r="58%">
            <stop offset="0" stopColor="#59371f" />
            <stop offset="0.6" stopColor="#7c5230" />
            <stop offset="1" stopColor="#a87850" />
          </radialGradient>
          <filter id="soft">
            <feGaussianBlur stdDeviation="5" />
          </filter>
          <filter id="grain">
            <feTurbulence type="fractalNoise" baseFrequency="0.035" numOctaves="4" seed="8" />
            <feColorMatrix values="0 0 0 0 0.2  0 0 0 0 0.12  0 0 0 0 0.06  0 0 0 0.9 -0.3" />
          </filter>
          <clipPath id="inside">
            <path d={lesion} />
          </clipPath>
        </defs>
        <rect width="600" height="448" fill="url(#skin)" />
        <path d={lesion} fill="url(#pigment)" filter="url(#soft)" />
        <rect width="600" height="448" filter="url(#grain)" opacity="0.5" clipPath="url(#inside)" />
        <path d={globules} fill="#3b2312" opacity="0.7" />
        <Outline d={second} color="var(--m-v2)" dash="3 3.5" />
        <Outline d={first} color="var(--m-v1)" dash="9 4" />
        <Outline d={lesion} color="var(--m-ref)" />
      </svg>
      <figcaption className={styles.caption}>
        <Key color="var(--m-ref)" words="Reference" />
        <Key color="var(--m-v1)" dash="9 4" words="First version" />
        <Key color="var(--m-v2)" dash="3 3.5" words="Second version" />
      </figcaption>
    </figure>
  );
}

function Outline({ d, color, dash }: { d: string; color: string; dash?: string }) {
  return (
    <g fill="none" strokeLinejoin="round">
      <path d={d} stroke="var(--m-casing)" strokeWidth={3.5} strokeOpacity={dash ? 0.6 : 1} />
      <path d={d} stroke={color} strokeWidth={2} strokeDasharray={dash} />
    </g>
  );
}

function Key({ color, dash, words }: { color: string; dash?: string; words: string }) {
  return (
    <span>
      <svg
        width={24}
        height={4}
        viewBox="0 0 24 4"
        style={{ width: 24, borderRadius: 0 }}
        aria-hidden
      >
        <path d="M0 2h24" stroke={color} strokeWidth={2.5} strokeDasharray={dash} />
      </svg>
      {words}
    </span>
  );
}
