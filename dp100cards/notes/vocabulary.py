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
    various number set step steps stage stages one ones azure microsoft amazon aws google cloud
    """
)
"""Words that are met everywhere: alone they identify nothing, and nobody needs to be asked for them."""

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

THIRD = _words(
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
    """
)
"""Verbs of technical notes, third person singular."""

BASE = _words(
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
