"""The closed word lists that the rules look things up in: small words, verbs, adjectives, names."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP_WORDS = _words(
    """
    a about above after again all also although am among an and another any are as at be because been
    before being below between both but by can cannot could did do does doing done down during each
    either else etc even ever every few first for from further get gets had has have having he her here
    hers him his how however i if in into is it its itself just last let lets like make makes many may
    me might more most much must my need needs neither no nor not now of off on once one only onto or
    other others our out over own per rather really same second shall she should since so some something
    still such than that the their theirs them then there these they third this those through thus to
    too two three four five six seven eight nine ten under until up upon us use used uses using usually
    very via was way we well were what when where whether which while who whom whose why will with
    within without would yes yet you your yours e.g i.e vs don't doesn't isn't it's you'll you're we're
    can't won't that's there's
    """
)
"""Words that tell nothing about what a text is about."""

GENERIC = _words(
    """
    data model models service services ai ml vm thing things tool tools option options feature features
    type types kind kinds part parts way ways work works system user users resource resources process
    item items value values name names information different new able want available example several
    various number set step steps stage stages one ones other others guide review
    azure microsoft amazon aws google cloud
    """
)
"""Words that are met everywhere: alone they identify nothing, and nobody needs to be asked for them."""

CLASSES = _words(
    """
    service resource type kind format command option framework technique tool strategy component region role mode method
    algorithm family tier protocol solution operation provider zone program standard variant mechanism attribute
    argument property setting step stage phase approach pattern principle law theory model function operator
    parameter keyword statement clause library language engine database store policy control attack threat device
    layer level state status event error exception metric measure unit plan edition license permission group target
    asset artifact scheduler balancer class category product feature concept rule reason cause effect symptom
    treaty war battle era period movement party branch organ tissue process
    """
)
"""Nouns by which things are sorted: what stands below "Storage services" is a service."""

QUALITIES = _words(
    """
    global regional local zonal cooperative independent elastic agile dynamic static flexible automatic manual
    public private hybrid distributed stateless stateful
    internal external optional required default general common symmetric asymmetric
    basic standard simple advanced enterprise
    primary secondary temporary permanent open closed high low fast slow
    """
)
"""Words that stand for a quality when they stand alone: a "Cool" is no thing, the cool tier is one."""

AUXILIARIES = _words(
    """
    is are was were can could may might must shall should will would cannot isn't aren't can't
    """
)
"""Auxiliary and modal verbs."""

PRONOUNS = _words("it they this these that those he she there")
"""Pronouns that stand for something named before."""

PREPOSITIONS = _words(
    """
    of in on at to for from with by into onto as about through via between within without over under
    against across during per before after around behind beside besides toward towards upon
    """
)
"""Prepositions."""

SPOKEN_AS_WORD = _words(
    """
    NASA RAM ROM REST JSON SAS RAID LAN WAN NAT ROC RBAC SAML FIPS RAG LORA GAN MIME NIC SQL
    """
)
"""Abbreviations that are said as a word, not letter by letter."""

NAMES = _words(
    """
    Azure Microsoft Python Jupyter Docker Kubernetes Git GitHub Spark Hadoop Java Scala Linux Windows
    Ubuntu Apache Amazon Google Databricks Synapse Power Excel Anaconda Conda Keras Hortonworks
    Bash English German Scikit January February March April May June July August September October
    November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Europe America Lambda
    Cosmos Redis Terraform Entra Bicep
    """
)
"""Names that keep their capital in the middle of a sentence; the rest is known by a capital inside or after."""

_MORE_VERBS = _words(
    """
    collaborate amend append cancel categorize certify clarify concatenate conserve consult convey diagnose harden
    initialize initialise offload outsource paginate recommend refactor remediate rescale resize reshape retire revert
    safeguard skip streamline tailor transcribe truncate undo uninstall compete
    abandon abbreviate compile abolish accelerate accommodate accompany accomplish accumulate achieve
    acknowledge acquire activate adapt adhere admit adopt advise affect agree align alleviate allocate
    allot allowlist alternate amplify annotate announce anticipate appoint approve approximate argue
    arise arrange arrive assemble assert assess assist associate assume assure attract augment authorise
    autoscale avoid await backpropagate bake begin behave belong bite blacklist boil bounce breathe
    breed broaden burn buy carry catch centralize choose circulate cite coincide collapse collide comply
    compose compress comprise conceal concentrate conclude condense conduct configure confine confirm
    conform confuse conquer consider consolidate constitute constrain construct containerize contradict
    contribute converge cool coordinate cope correlate correspond crush cultivate customise customize
    deactivate debug decapsulate deceive decode decompose decouple decrypt deduce deduct defend defer
    deflect deform degrade delegate deliver demodulate demonstrate demote denote deny depart depict
    deplete deprecate deprive deprovision dequeue descend deserialize deserve designate destroy detach
    deteriorate develop deviate devote dictate differentiate diffuse dig diminish disappear discard
    disclose disconnect discourage discover discuss dispatch dispose disrupt dissipate dissolve
    distinguish distort distract disturb diverge divert divide donate drink earn eat educate eject
    elaborate elect elevate elicit eliminate elongate embed embody embrace emerge emphasise emphasize
    employ empower emulate enact encapsulate enclose encompass encourage endorse endure engage enhance
    enjoy enlarge enqueue enrich enroll entail enter entitle enumerate equip erase escalate evade
    evaporate evict evoke exaggerate examine exceed excite exclude exempt exhaust expand expel expend
    expire explain explore expose express extend extinguish extrapolate fabricate fade federate feed
    finalize flatten fluctuate fly forget foster freeze fulfil fulfill gain gather generalise generalize
    govern hang happen hear hide hinder hurt hydrate hydrolyze ignite ignore illustrate imitate immunize
    impair impede impersonate implicate imply impose impress impute incline incur indicate infect infer
    infiltrate inflict inform inject injure innovate install instantiate instruct insulate insure
    intensify interact interfere interpolate interpret intersect intervene introduce invade invalidate
    invent invert invest investigate invite iterate jeopardize justify know lead lean lend lighten
    listen locate lodge love magnify manifest manipulate manufacture materialize maximise maximize mean
    mediate meet melt memorize mention metabolize miss mitigate modify modulate motivate multiply mutate
    navigate necessitate neglect negotiate neutralize nominate normalise normalize nourish obey oblige
    obscure observe obstruct omit operationalize oppose opt organise orientate originate oscillate
    outperform outweigh overcome overfit overlay oversee overwhelm overwrite oxidise oxidize parallelize
    parse penalise penalize penetrate perceive persuade pertain phosphorylate piggyback pinpoint
    populate portray possess postpone pour precede precipitate predate prefer prepare preprocess
    prescribe presume prevail prioritise prioritize proceed proclaim procure prohibit prolong promote
    propel propose prosecute prove provoke prune publicize purge pursue quantify quit randomize react
    realise realize reassemble reassign rebalance reboot recognise recognize reconcile reconstruct
    rectify recur redeploy refer refine reflect regain regenerate regularize regulate rehydrate reimage
    reinforce reinstall rejoin relate relax relocate remedy remember remind rename render reorder repel
    replenish repress reproduce resemble resign resist respect restate resume reveal revise revive
    revoke rewrite rid rotate sanitise sanitize satisfy scatter scramble seek seem seize sell serialise
    serialize shorten shrink signify sing smooth soften solidify sort spawn speak specialise specialize
    spend spill sponsor stabilise stabilize standardise standardize steal stipulate strengthen strip
    strive subdivide submit subscribe succeed suffer suffice suggest suit summarise summarize supervise
    suppress surpass survive suspend sustain sweep swell swim symbolize sync synchronise synthesize
    tackle tamper teach tear tend thank think threaten throttle tighten tokenize tolerate transpose
    traverse treat troubleshoot try unblock undelete underfit undergo undermine undertake unify unite
    unload unlock unpack unregister unzip uphold vanish vectorize violate warn wash weaken wear weigh
    whitelist widen withdraw withstand
    """
)
"""Verbs that any subject's notes may use, and that are no nouns in the third person."""


def _third(base: str) -> str:
    """The third person singular of a regular verb."""
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{base}s"


THIRD = frozenset(map(_third, _MORE_VERBS)) | _words(
    """
    accepts adds allows applies automates belongs brings builds calculates calls can captures collects
    combines compares connects consists contains controls converts costs covers creates declares defines
    delivers depends deploys describes detects determines distributes does enables encrypts ensures
    estimates evaluates executes exposes extends finds gets gives grants groups guarantees handles has
    helps holds hosts identifies improves includes increases integrates keeps lets limits lists loads
    lowers makes manages maps measures merges minimises minimizes monitors moves needs offers opens
    packs performs points predicts prevents processes produces protects provides publishes pulls pushes
    reads receives records reduces refers registers removes replaces replicates reports represents
    requests requires restricts returns routes runs saves scales scans schedules scores searches secures
    sends separates serves sets shares shows simplifies specifies splits starts stays stops stores
    supports takes tells tests tracks trains transforms translates treats triggers uploads uses
    prints computes captures boosts displays focuses throws shifts undergoes
    validates verifies visualises visualizes wraps writes works comes reaches ships answers raises ends
    happens occurs rises fails waits grows goes fits looks loses wins pays lasts differs becomes remains
    extracts classifies learns optimizes optimises migrates restores archives ingests adjusts leverages
    orchestrates queries refreshes upgrades notifies delegates inherits isolates synchronizes backs
    powers spans resides ranges varies analyzes analyses recognizes recognises generates wants deals
    means knows issues lives asks follows leads eliminates acts behaves computes derives emits encodes enforces
    establishes exceeds excludes exists expects expires fetches forwards implements indicates informs initiates
    inserts invokes involves maintains obtains omits overrides persists preserves prevents recovers redirects refers
    relies renders renews rejects resets resolves responds restarts retains retrieves selects solves terminates
    traverses utilizes utilises authenticates authorizes authorises consumes communicates behaves forms occupies
    attaches detaches assigns computes decides deletes destroys discards disables distinguishes divides doubles
    drops exposes facilitates favors favours fills incorporates inspects lacks listens merges negotiates operates
    orders organizes originates owns propagates reflects reaches relates remembers repeats resembles secretes
    simulates sits spreads stimulates strengthens suits surrounds synthesizes tends translates transmits transports
    turns understands weakens abstracts caches replies intercepts joins departs travels rejoins crosses binds bonds
    splits becomes
    happens appears arrives catalyzes digests absorbs excretes breathes divides replicates mutates evolves inhibits
    activates releases converts surrounds separates condenses aligns attaches begins
    advances aims attempts bypasses causes cuts damages delays drains edits fires focuses forces
    guides halts heats hits influences interrupts judges jumps kills lands launches leaks lifts
    matches mirrors mixes pauses presses promises pumps recalls relays repairs replays reserves
    rests seals senses shifts slows speeds strikes supplements swaps switches touches trusts wastes
    """
)
"""Verbs of technical notes, third person singular."""

BASE = _MORE_VERBS | _words(
    """
    accept add allow analyse analyze apply assign attach automate avoid bring build call change check
    choose click clone collect combine compare configure connect consider convert copy create customize
    customise debug declare define delete deploy describe detect disable download drag edit enable
    ensure enter evaluate examine execute explore export find follow generate get give go group handle
    have help host identify import improve include increase install integrate interact keep let limit
    leave lose pay fail grow stay become remain expect hold
    achieve reach represent accelerate allocate calculate compress deliver determine discover distribute encode
    guarantee minimise minimize simplify synchronise translate satisfy reject isolate adapt
    link list load log make manage map measure merge monitor move name need open organise organize pack
    pass perform pick place plan point predict prepare prevent process produce provide publish pull push
    put read receive record reduce register remove rename repeat replace replicate report request
    require restrict return review run save scale schedule score search secure select send separate
    serve set share show sign specify split start stop store submit support switch take tell test track
    train transform trigger try tune type understand update upload use validate verify view visit
    visualise visualize wait write extract classify learn decide balance optimize optimise migrate
    encrypt restore archive experiment promote package ingest preprocess sync notify grant revoke assess
    adjust drop fill fit freeze inspect interpret iterate join launch leverage mount normalize normalise
    operationalize orchestrate parse print protect purchase query refresh reuse rotate sample scan
    simulate sort summarize summarise synchronize troubleshoot upgrade pay bid commit reserve rent buy
    acquire evolve lower raise double halve inherit implement authenticate authorize authorise establish fetch
    forward initiate invoke maintain obtain override persist preserve provision recover redirect rely renew resolve
    respond restart retain retrieve solve terminate utilize utilise enforce consume communicate facilitate incorporate
    operate propagate transmit insert infect compromise corrupt threaten exploit involve intercept overwhelm spread
    replicate emit absorb digest secrete inhibit stimulate regulate bind consist occur vary differ depend contain
    determine define serve reside exist appear arise derive form occupy surround
    """
)
"""Verbs of technical notes, base form."""

ADJECTIVES = _words(
    """
    able available aware beginner better best cheap cheaper compatible complete cost-effective easy
    easier expensive faster fast flexible free fully good great highly ideal immutable independent
    intended limited local managed mandatory mutable native necessary open-source optional perfect
    portable possible powerful primary private public ready recommended reliable required responsible
    reusable robust safe scalable secure secured self-contained serverless similar simple slow slower
    stateless subject suitable suited superior supported tied unable unlimited useful well
    """
)
"""Adjectives that a description may open with."""

LIGHT_VERBS = _words(
    "use do have get add make create see go find choose select need take be want run work set try start put"
)
"""Verbs that say too little to ask by: "What can you use?" could mean anything."""

SENTENCE_ADVERBS = _words(
    """
    only also just usually often typically always automatically currently now then already still mainly really
    simply normally generally basically thus therefore easily directly initially eventually
    """
)
"""Adverbs that may stand before a verb and that a question leaves out."""

PASSIVES = _words(
    """
    based built used designed stored hosted managed deployed attached installed intended suited meant
    made optimized optimised owned run written connected linked integrated merged located registered
    organized organised grouped encrypted replicated supported provided created saved shared trained
    billed charged priced limited tied related associated configured controlled defined described
    dedicated developed enabled kept held known divided composed required needed recommended measured
    calculated assigned applied allocated exposed isolated distributed backed given taken split sent
    shown named called considered compared combined derived executed found included included logged
    maintained mapped packaged paid performed placed powered protected published placed queried
    restricted reserved returned scoped scheduled secured separated served specialised specialized
    targeted tested tuned updated validated versioned wrapped granted inherited accessed activated added
    allowed collected computed contained copied delivered detected determined enforced evaluated
    generated identified implemented imported labeled labelled monitored offered packed prebuilt
    processed recorded referenced referred represented resolved reused routed scaled selected simulated
    submitted synchronized synced tracked transformed triggered viewed written
    """
)
"""Participles that open a description in the passive, "based on Spark", and are no past tense: not "lived in"."""

VERBS = BASE | THIRD
"""Verbs of technical notes, in both forms."""

SMALL_WORDS = STOP_WORDS | PREPOSITIONS | PRONOUNS
"""Words that no name and no phrase worth knowing is made of."""

FINITE_VERBS = THIRD | AUXILIARIES
"""Words that make a clause of a phrase."""
