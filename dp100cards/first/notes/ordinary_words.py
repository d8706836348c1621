"""Ordinary words of four letters and more, in small letters: data for `ordinary`."""

from __future__ import annotations

COMMON = frozenset(
    """
ability able about above absolute abstract abstracted abstraction abuse accelerate acceleration accept acceptable
acceptance accepted accepts access accessed accesses accessibility accessible accessing accidental accidentally
accommodate accomplish according accordingly account accountability accounting accounts accuracy accurate accurately
achieve achieved achieving acquire across acting action actionable actions activate activated activation active
actively activities activity actor acts actual actually adapt adaptive added adding addition additional address
addressed addresses addressing adds adhere adjust adjusting adjusts admin administer administration administrative
administrator administrators admins adopt adoption advance advanced advantage advantages advertising affect affected
affecting affects affinity after again against agent agents aggregate aggregated aggregates aggregation aggregations
agile agility agreement agreements ahead aims alarm alarms alert alerting alerts algorithm algorithms alias aliases
align aligns allocate allocated allocation allow allowed allowing allows almost alone along alongside already also
altered alternate alternative although always among amount amounts analysis analysts analytical analytics analyze
analyzed analyzes analyzing annotations annual anomalies anomaly anonymous another answer answers anyone anything
anywhere apart appear appearing appears append appended appliance appliances applicable application applications
applied applies apply applying approach approaches appropriate appropriately approval approved approximately apps
arbitrary architect architectural architecture architectures archival archive archived archives archiving area areas
argument arguments around array arrays arrive arrives article articles artifact artifacts artificial asked asking asks
aspect aspects assess assesses assessment assessments asset assets assign assigned assigning assignment assignments
assigns assist assistance assistant associate associated association assume assumed assumes assuming assumption
assumptions asymmetric asynchronous asynchronously atomic attach attached attaches attaching attack attacker attackers
attacks attempt attempting attempts attention attribute attributes audience audio audit auditing auditors audits auth
authenticate authenticated authenticates authenticating authentication authoritative authority authorization authorize
authorized auto automate automated automates automatic automatically automating automation autonomous autoscaling
availability available average avoid avoiding avoids aware awareness away axis azure back backbone backed backend
backends background backing backoff backup backups balance balanced balancer balancers balances balancing bandwidth
bank bare base based baseline baselines bash basic basically basics basis bastion batch batches because become becomes
been before begin beginning begins behalf behave behavior behaviors behaviour behind being belong belongs below
beneficial benefit benefits best beta better between beyond bias bigger biggest bill billed billing billions binaries
binary bind binding biometric biometrics bits black blade blank blast blob blobs block blocked blocking blocks blog
blue board body book boot bootstrap both bottleneck bottlenecks bottom bound boundaries boundary bounded brackets
branch branches brand breach breached breaches break breakdown breaking breaks bridge brief bring brings broad
broadcast broader broken broker browser browsers brute bucket buckets budget budgets buffer bugs build building
buildings builds built bulk burden burst business businesses button buying bypass byte bytes cache cached caches
caching calculate calculated calculates calculating calculation calculations calculator call called calling calls came
camera cameras campaigns canary candidate cannot capabilities capability capable capacity capital capture captured
captures capturing card cards care careful carefully carrier carries carry case cases catalog catch categorical
categories categorize categorized category cause caused causes causing caution cell center centers central centralized
centrally cert certain certificate certificates certification certifications chain challenge challenges challenging
chance change changed changes changing channel channels character characteristic characteristics characters charge
charged charges chart charts chat cheap cheaper check checked checking checks child choice choices choose choosing
chose chosen chunk chunks ciphertext circuit circuits claim claims class classes classic classification
classifications classified classifier classifies classify clause clean cleaning clear clearly click clicking clicks
client clients clone cloning close closed closely closer closest cloud clouds cluster clustered clustering clusters
code codes coding cognitive cold collaborate collaboration collaborative collect collected collecting collection
collections collects color column columnar columns combination combinations combine combined combines combining come
comes coming command commands comments commercial commit commitment commitments commits committed common commonly
communicate communicating communication communications community companies company comparable compare compared
compares comparing comparison compatibility compatible compile compiled complete completed completely completes
completing completion complex complexity compliance compliant complicated comply component components composed
composite comprehensive compressed compression compromise compromised computation computational computations compute
computed computer computers computes computing concept concepts concern concerned concerns concise concurrency
concurrent concurrently condition conditional conditions conduct confidence confidential confidentiality config
configs configurable configuration configurations configure configured configures configuring confirm confirmation
confirmed confirms conflict conflicts confusion conjunction connect connected connecting connection connections
connectivity connectors connects consecutive consider consideration considerations considered considering consist
consistency consistent consistently consisting consists console consolidate consolidated constant constantly
constraint constraints construct consume consumed consumer consumers consumes consuming consumption contact contain
contained container containerized containers containing contains content contents context contexts contextual continue
continued continues continuity continuous continuously contract contracts contrast contribute control controlled
controller controllers controlling controls convenience convenient convention conventions conversation conversion
convert converted converting converts cookies cool cooling coordinate coordinates copied copies copy copying core
cores corner corporate correct corrective correctly correlated correlation correspond corresponding corruption cost
costly costs could count counters counting countries country counts coupled course courses cover coverage covered
covering covers crash crashes create created creates creating creation credential credentials credit credits criteria
critical cron cross crucial cryptographic cryptographically curated curl current currently curve custom customer
customers customizable customization customize customized cyber cycle cycles daemon daily damage dashboard dashboards
data database databases datacenter datacenters dataset datasets datastore date dates days dead deal dealing debug
debugging decentralized decide decided decides deciding decision decisions declarative declare declared decouple
decrease decreases decreasing decrypt decrypted decryption decrypts dedicated deep deeper default defaults defense
defenses define defined defines defining definitely definition definitions degradation degree delay delegate delete
deleted deletes deleting deletion deletions deliver delivered delivering delivers delivery demand demanding demands
demonstrate demonstrates denial denied denies dense deny denying department departments depend dependencies dependency
dependent depending depends deploy deployable deployed deploying deployment deployments deploys deprecated depth
derive derived describe described describes describing description descriptions descriptive design designated designed
designer designing desired desktop desktops despite destination destinations destroy destroyed detach detached detail
detailed details detect detected detecting detection detective detects determine determined determines determining
deterministic develop developed developer developers developing development deviation deviations device devices
diagnose diagnostic diagram diagrams dictionary diff differ difference differences different differently differs
difficult digital dimension dimensions direct directed direction directions directly directories directory disable
disabled disaster disasters discard disclosure discount discounted discounts discover discovered discovery discrete
discuss disk disks display displayed displays disrupt disruption disruptions distance distances distinct distinction
distinguish distribute distributed distributes distributing distribution distributions diverse diversity divided
dividing docker docs document documentation documented documents does doing domain domains done door dots double down
download downloaded downloading downloads downstream downtime dramatically drawn drift drive driven driver drivers
drives driving drop dropdown dropped drops duplicate duplicates duplication durability durable duration during duties
dynamic dynamically each earlier early ease easier easiest easily easy economies ecosystem edge edit editing edition
editor effect effective effectively effectiveness effects efficiency efficient efficiently effort efforts egress
either elastic elasticity electronic element elements elevated eligible eliminate eliminates eliminating else
elsewhere email emails embed embedded embedding embeddings emerging employee employees empty enable enabled enables
enabling encode encoded encoding encounter encrypt encrypted encrypting encryption encrypts ending endpoint endpoints
ends enforce enforced enforcement enforces enforcing engage engagement engine engineer engineering engineers engines
enhance enhanced enhances enhancing enough ensure ensures ensuring enter entered entering enterprise enterprises
enters entire entirely entities entity entries entry environment environmental environments ephemeral equal equally
equipment equipped equivalent error errors escalation escape especially essential essentially establish established
establishes establishing estimate estimated estimates etcd evaluate evaluated evaluates evaluating evaluation even
evenly event events eventual eventually ever every everyday everyone everything everywhere evidence evolution exact
exactly exam examine examining example examples exams exceed exceeded exceeding exceeds excellence excellent except
exception exceptions excess excessive exchange exclude exclusive exclusively executable execute executed executes
executing execution executions exercise exercises exfiltration exist existing exists exit expand expands expect
expectations expected expects expense expenses expensive experience experiences experiencing experiment
experimentation experiments expertise experts expiration expire expired expires expiry explain explained explains
explanation explanations explicit explicitly exploit exploited exploiting exploits exploration explore explorer
exploring exponential export exported expose exposed exposes exposing exposure expressed expression expressions extend
extended extending extends extension extensions extensive external externally extra extract extracted extracting
extraction extracts extreme extremely face faces facial facilitates facilities facility facing fact factor factors
factory facts fail failed failing failover fails failure failures fairly fake fall falls false familiar families
family fashion fast faster fastest fault feasible feature features federated federation feed feedback feeds feel fees
fetch fewer field fields figure file files filesystem fill filter filtered filtering filters final finally finance
financial find finding findings finds fine fingerprint finish finished firewall firewalls first fits five fixed fixes
flag flags flat fleet flexibility flexible flood flow flows focus focused focuses focusing folder folders follow
followed following follows footprint force forces forecast forecasting foreign form formal format formats formatted
formatting formerly forming forms formula forward forwarded forwarding forwards found foundation foundational four
fraction frame frames framework frameworks fraud free freely frequency frequent frequently fresh friendly from front
frontend full fully function functional functionalities functionality functions fundamental fundamentals further
future gain gains game gaming gaps gateway gateways gather gathering gathers general generalization generally generate
generated generates generating generation generative generic geographic geographical geographically geography gets
getting github give given gives giving global globally globe goal goals goes going good google govern governance
government gradient gradually grant granted granting grants granular granularity graph graphical graphs great greater
green grid ground group grouped grouping groupings groups grow growing grows growth guarantee guaranteed guarantees
guardrails guess guessing guest guests guidance guide guidelines guides half hand handle handled handler handles
handling handshake happen happened happening happens hard hardcoding hardening harder hardware harm harmful hash
hashes hashing have having head header headers health healthcare healthy heavily heavy height held help helper helpful
helping helps hence here hidden hide hides hierarchical hierarchy high higher highest highlight highlights highly
historical history hits hold holds home hood hooks horizontal horizontally host hosted hosting hostname hostnames
hosts hour hourly hours house however http https huge human humans hundreds hunting hybrid hyperparameter
hyperparameters icon idea ideal ideas idempotent identical identifiable identification identified identifier
identifiers identifies identify identifying identities identity idle ignore ignored image images imaging imbalance
immediate immediately immutable impact impacted impacting impacts imperative implement implementation implementations
implemented implementing implements implications implicit implicitly implies import importance important imported
impossible improve improved improvement improvements improves improving inaccessible inadvertently inbound incident
incidents include included includes including incoming inconsistent incorrect increase increased increases increasing
increasingly increment incremental incrementally increments incur incurring incurs indefinitely independent
independently index indexed indexes indexing indicate indicated indicates indicating indication indicator indicators
individual individually individuals industries industry infer inference influence info information informed infra
infrastructure infrequent infrequently ingest ingestion ingress inherit inheritance inherited init initial
initialization initialize initialized initially initiate initiated initiative initiatives inject injection inline
innovation input inputs insecure insert inside insider insight insights inspect inspection inspects install
installation installed installing installs instance instances instant instantly instead instruction instructions
insufficient intact integer integers integrate integrated integrates integrating integration integrations integrity
intelligence intelligent intended intensive intent interact interacting interaction interactions interactive interacts
intercept interconnected interest interface interfaces intermediary intermediate internal internally internet
interpret interpretability interrupted interruption interruptions interval intervals intervention into introduce
introduced introduces introducing intrusion invalid inventory investigate investigation investment investments
invisible invocations invoices invoke invoked involve involved involves involving isolate isolated isolating isolation
issue issued issues item items iterate iteration iterations iterative itself jobs join joined joining joins journey
json jump just keep keeping keeps kept kernel keys keyword keywords kind kinds know knowing knowledge known knows
kubectl kubernetes label labeled labeling labels labor labs lack lake lakes lambda landing language languages laptop
large largely larger largest last late latencies latency later latest launch launched launches launching laws layer
layered layers lead leading leads leak leaks learn learned learners learning learns least leave leaves leaving left
legacy legal legitimate length less lets letter letters level levels leverage leverages leveraging libraries library
license licensed licenses licensing lies life lifecycle lifetime light lightweight like likelihood likely limit
limitation limitations limited limiting limits line linear lines link linked links list listed listen listener
listening listing lists little live lives load loaded loading loads local localhost locally locate located location
locations lock locked locking locks logged logging logic logical logically login logins logs long longer look looking
looks lookup lookups loop loops lose losing loss losses lost lots lower lowercase lowest machine machines made
magnetic mail main mainly maintain maintained maintaining maintains maintenance major majority make makes making
malicious malware manage manageability managed management manager managers manages managing mandatory manifest
manipulate manner manual manually manufacturing many mapped mapping mappings maps margin mark marked markers market
marketing marketplace mask massive massively master match matched matches matching material materials math
mathematical matrix matter matters maximize maximum maybe mean meaning meaningful means meant measure measured
measurement measurements measures measuring mechanism mechanisms media median medical medium meet meeting meets member
members membership memorize memory mention mentioned mentions menu merge merging message messages messaging metadata
method methodologies methods metric metrics microservices middle middleware might migrate migrated migrating migration
migrations miles million millions millisecond milliseconds mind minimal minimize minimizes minimizing minimum mining
minor minute minutes mirror misconfigurations misconfigured miss missing mission mistakes mitigate mitigating
mitigation mixed mobile mode model modeling models modern modes modification modifications modified modifies modify
modifying modular module modules moment money monitor monitored monitoring monitors month monthly months more most
mostly mount mounted mounts move moved movement moves moving much multi multifactor multiple music must mutual name
named names namespace namespaces naming native natively natural naturally nature navigate navigation near nearby
nearest nearly necessarily necessary need needed needing needs negative neither nested network networked networking
networks neural never newer newly news next nice night nines node nodes noise noisy none normal normalization normally
note notebook notebooks notes nothing notice notification notifications notified notify null number numbered numbers
numeric numerical numerous object objective objectives objects observations observe obtain obtained obtains occur
occurred occurrences occurring occurs offer offered offering offerings offers office official offline offload
offloading often older once ones ongoing online only onto open opened opening opens operate operated operates
operating operation operational operations operator operators opportunities opposed optimal optimization optimizations
optimize optimized optimizes optimizing option optional optionally options orchestrate orchestrating orchestration
order ordered ordering orders organisation organization organizational organizations organize organized organizes
organizing origin original originate origins other others otherwise outage outages outbound outcome outcomes outgoing
outliers output outputs outside over overall overfitting overhead overlap overlapping overridden override overrides
overview overwrite owned owner owners ownership owns package packaged packages packet packets page pages paid pair
paired pairs pandas pane panel paper parallel parameter parameters parent parse parsing part partial partially
participate particular particularly parties partition partitioned partitioning partitions partner partners parts party
pass passed passes passing passive password passwords past paste patch patches patching path paths patient pattern
patterns paused paying payload payment payments peak peer peered peering penalties penalty pending penetration people
percent percentage perfect perform performance performed performing performs perimeter period periodic periodically
periods permanent permanently permission permissions permitted persist persisted persistence persistent persists
person personal personalized personally personnel perspective petabytes phase phases phishing phone phones photo
photos phrase physical physically pick picture pictures piece pieces pillars ping pipeline pipelines place placed
placeholder placement places placing plain plaintext plan plane planned planning plans platform platforms play please
plot plots plugin plugins plus pods point pointing points policies policy poll polling pool pools poor popular port
portable portal portals portion ports position positive possibilities possible possibly post posts posture potential
potentially power powered powerful practical practice practices prebuilt precedence precise precision predefined
predict predictable predicted predicting prediction predictions predictive predicts prefer preferences preferred
prefix prefixes premise premises premium preparation prepare prepared preparing preprocessing presence present
presented presents preserve preserved press pressure prevent prevented preventing prevention prevents preview previous
previously price prices pricing primarily primary principal principals principle principles print printed prior
prioritize prioritized priority privacy private privately privilege privileged privileges proactive proactively
probability probably problem problematic problems procedure procedures proceed process processed processes processing
processor prod produce produced producer producers produces producing product production productivity products
professional professionals profile profiles profit program programmatic programmatically programming programs progress
project projected projection projects promote promoted prompt prompted prompts proof propagate proper properly
properties property proposed proprietary protect protected protecting protection protections protects protocol
protocols prove provide provided provider providers provides providing provision provisioned provisioning provisions
proxies proximity proxy public publicly publish published publishers publishes publishing pull pulled purchase
purchased purchasing purely purpose purposes push pushed pushing puts python qualified quality quantity queried
queries query querying question questions queue queues queuing quick quickly quite quota quotas rack racks radio
radius raise random randomly randomness range ranges rank rapid rapidly rare rarely rate rates rather ratio reach
reachable reached reaches reaching react read readable reader readers readiness reading reads ready real realistic
reality realize really reason reasonable reasons reboot reboots recall receive received receives receiving recent
recently recognition recognize recommend recommendation recommendations recommended recommends reconnaissance record
recorded recording records recover recovered recovering recovery recreate recreated recurring recursive redirect
redirects reduce reduced reduces reducing reduction redundancy redundant refer reference referenced references
referred refers refine reflect reflected reflects refresh regarding regardless region regional regions register
registered registering registers registration registries registry regression regular regularization regularly
regulated regulation regulations regulatory reject rejected relate related relation relational relationship
relationships relative relatively release released releases relevance relevant reliability reliable reliably relies
rely relying remain remaining remains remediate remediation remember remote remotely removal remove removed removes
removing rename render rent repeat repeatable repeated repeatedly repeating repetitive replace replaced replacement
replaces replacing replay replica replicas replicate replicated replicates replicating replication repo report
reported reporting reports repositories repository represent representation representations representative represented
representing represents reproducible request requested requesting requests require required requirement requirements
requires requiring research reservation reserve reserved reset reside residency resides resilience resiliency
resilient resizable resize resizing resolution resolve resolved resolver resolvers resolves resource resources respect
respective respectively respond responding responds response responses responsibilities responsibility responsible
responsive responsiveness rest restart restarted restarts restore restored restores restoring restrict restricted
restricting restriction restrictions restrictive restricts result resulting results resume retail retain retained
retaining retains retention retraining retries retrieval retrieve retrieved retrieves retrieving retry return returned
returning returns reusable reuse reused reveal revenue reverse revert review reviewed reviewing reviews revision
revoke rich richer right rights risk risks risky robust robustness role roles roll rollback rolled rolling rollout
room root rotate rotated rotation round route routed router routers routes routine routing rows rule rules runbooks
running runs runtime runtimes safe safeguard safely safety said sales same sample samples sampling sandbox save saved
saves saving savings saying says scalability scalable scale scaled scales scaling scan scanned scanning scans scenario
scenarios scenes schedule scheduled scheduler schedules scheduling schema schemas scheme schemes science scientific
scientists scope scoped scopes score scores scoring scratch screen script scripting scripts seamless seamlessly search
searchable searches searching second secondary seconds secret secrets section sections secure secured securely
securing security seed seeing seems seen sees segment segmentation segmented segments select selected selecting
selection selector selects self sell semantic send sender sending sends sense sensitive sensitivity sensor sensors
sent sentiment separate separated separately separation sequence sequential sequentially serial series serious serve
served server serverless servers serves service services serving session sessions sets setting settings setup setups
several severity shadow shape shard shards share shared shares sharing shell shift shifted shifts ship shipped
shipping shopping short shorter should show showing shown shows shut shutdown side sidebar sign signal signals
signature signatures signed significant significantly signing signs similar similarity simple simpler simplest
simplicity simplified simplifies simplify simplifying simply simulate simulation simulations simultaneously since
single site sites sits sitting situation situations size sized sizes skill skills skip slightly slow slower slowly
small smaller smallest smart snapshot snapshots snippets social soft software solely solid solution solutions solve
solved solves some someone something sometimes somewhere soon sophisticated sort sorted sorting sound source sources
sovereignty space spaces spam span spans spare sparse spec special specialized specific specifically specification
specifications specified specifies specify specifying speech speed speeds spend spending spent spike spikes spin split
splits splitting spoken spot spread spreading spreads stability stable stack stacks staff stage stages staging
stakeholders stale standalone standard standardized standards standby stands star start started starting starts
startup state stateful stateless statement statements states static statistical statistics status stay stays steal
step steps stick sticky still stolen stop stopped stopping stops storage store stored stores storing straight
straightforward strategic strategically strategies strategy stream streaming streamline streams strength stress strict
strictly string strings strong stronger strongly structure structured structures student students studio study
studying stuff style styles subject submit subnet subnets subscribe subscriber subscribers subscription subscriptions
subsequent subset subsets succeed succeeds success successful successfully such sudden suddenly sudo sufficient suffix
suggest suggestions suit suitable suite suited suits summaries summarization summary supervised supplied supply
support supported supporting supports sure surface surveillance suspend suspended suspicious swap switch switches
switching symmetric sync synced synchronization synchronize synchronized synchronous synchronously syncing syntax
system systematic systems table tables tabular tagged tagging tags tailored take taken takes taking talk talking tape
tapes target targeted targeting targets task tasks team teams tech technical technique techniques technologies
technology telemetry tell tells temperature template templates temporarily temporary tenant tenants tend terabytes
term terminal terminate terminated terminates termination terminology terms test tested testing tests text than that
theft their them themselves then there therefore these they thing things think third this those though thought
thousands threat threats three threshold thresholds throttling through throughout throughput thumb thumbnails thus
ticket tied tier tiering tiers tightly time timeline timely timeout timeouts timers times timestamp timestamps timing
tips title today together toggle token tokens tolerance tolerate took tool tooling tools topic topics topology total
towards trace traces tracing track tracked tracking tracks traditional traffic trail trails train trained training
transaction transactional transactions transfer transferred transferring transfers transform transformation
transformations transformed transforming transforms transient transit transition transitions transitive translate
translates translating translation transmission transmit transmitted transparency transparent transport travel travels
traversal treat treated treats tree trees trends trial trick tries trigger triggered triggering triggers troubleshoot
troubleshooting true trust trusted truth trying tune tuned tuning tunnel tunnels turn turned turns twice type types
typical typically typing unable unaffected unauthorized unavailable under underlying understand understanding
underutilized unencrypted unexpected unhealthy unified unintended union unique uniquely unit units universal unknown
unless unlike unlimited unmanaged unnecessary unplanned unpredictable unrestricted unstructured until unused unusual
unwanted update updated updates updating upfront upgrade upgrades upload uploaded uploading uploads upon upper uptime
usable usage used useful user username usernames users uses using usually utilities utility utilization utilize
utilized utilizes utilizing valid validate validated validates validating validation validity valuable value values
variable variables variance variants variation variations varied varies variety various vary varying vast vault vector
vectors vehicle vehicles vendor vendors verification verified verifies verify verifying versa version versioned
versioning versions versus vertical very vice victim video videos view viewed viewing views violations virtual
virtualization virtualized virtually visibility visible vision visit visual visualization visualizations visualize
visually vital voice volume volumes vulnerabilities vulnerability vulnerable wait waiting waits want wanted wants
warehouse warehouses warehousing warm warning warnings watch watches ways weak weather website websites week weekly
weeks weight weighted weights welcome well were what whatever when whenever where whereas whether which while whole
whose wide widely will window windows wire wireless wish with within without wizard word words work worked worker
workers workflow workflows working workload workloads works workspace workspaces workstations world worldwide worry
worth would wrapper write writes writing written wrong yaml year years your yourself zero zone zones
""".split()
)
"""Words that at least eight of 190 public repositories of study notes use, as counted in November 2026."""

OTHERS = frozenset(
    """
abbreviations abnormal abort absence absolutely absorb abstractions abstracts accelerates accelerating accelerator
accelerators accent accents accepting accomodate accomplished accordance accountable accumulate achieves acids
acknowledged acknowledgement acquisition activates activating activations actors adaptable adapter adapters adapting
adapts additionally additive adequate adequately adherence adheres adhering adjacent adjusted adjustment adjustments
administering administratively admission admit adopted adversarial adversary advertisements advised advisor advisories
adware aerial affiliates afford afterward afterwards agencies agency agenda agentless ages aggregating aggregator
agree agreed aiding aimed aiming aired algo aliasing aligned aligning alignment alike alive alleviate allocates
allocating allocations aloud alpha alphabetical alphanumeric alpine alter alteration altering alternatively
alternatives alters amazing amazon ambiguous amongst amplification amplify analyse analyses analysing analyst analytic
analyzer analyzers anchor angle angles animals animated annotation announced annually anomalous answered answering
antenna anti anticipate anticipated antivirus anycast anymore anytime anyway apex apparent appeal appealing appearance
appeared appends apple apples approached approaching approvals approve approvers approving approx approximate
approximation aptly architected architecting architects arise armies arranged arriving arrow ascending aside assert
assertions asserts assessed assessing assistants associates associating associations assurance assure assured assures
asterisk async atomicity atoms attachment attachments attacked attestation attract attractive attribution atypical
auditability auditable audited auditor augmentation authenticator authenticity authn author authoring authorisation
authorities authorizer authorizes authorizing authors authz automations autonomously autoscale autoscaler avail
averages averaging avoidance avoided await awaiting awaits awake axes azureuser backdoor backdoors backlog backlogs
backs backward bacteria badge badges bagging bait baked bakes ball band bands banking banned banner barking barrier
barriers bases batching battery battle battles beach beaches beaks beans bear bearer bears beat beats became becoming
beforehand began beginners begun behaves behavioral beliefs believe bell belonging benchmark benchmarking benchmarks
bends benefiting benign beside besides bespoke biased biases bidding bidirectional billable billion bills bindings
binds birds birth blacklist blame blind bloatware blockchain blogs blood blueprint boards boats boils bombs bones
booking books bool boolean boost boosting boosts boots bootstrapping border borders boring borrow borrows botnet bots
bought bounding bounds boxes bracket braid brain brains braking branching branded branding brands bread breathes brick
bricks bridges briefly bringing broadcasts broadest broadly brown browse browsing budgeted budgeting buffered buffers
builder bunch bundle bundled bundles burning burns burstable bursting bursts bursty busy butter buttons buys bypassed
bypasses bypassing cable cables cabling cafes cages calculators calendar callback caller campaign cancel candidates
canonical canvas capacities capped caption captioning captions cardinality cares carriage carried carriers carrying
cars cart carve cascade cascading cash casts casual catalogs catastrophic catches categorization categorizing cater
cats cattle caught caveat cdot celebrity cells centered centralize centre centric centroid centroids cents certified
certs cgroup chains chances chaos chapter characterized charging charm chars chatbot chatbots cheapest cheat checkbox
checkers checklist checkpoint checkpointing checksum checksums cheese chess chickens children chip chips choke chooses
chopping chores chown churn cipher circumstances cities city claimed clarify clarity clash clashes classifiers
classifying classroom cleaned cleaner cleanly cleans cleanup clearance cleared clearing climbing climbs clip clipboard
clock clocks cloned closes closing cloudformation cloudfront cloudwatch clutter cmdlet cmdlets coarse codebase codify
coefficient coefficients coffee coherent collective collectively collector collision collisions colocation colon
colonies colony colors colour colours comet comets comfortable commas comment committee committing commodity
communicated communicates communities commute compact companion comparisons compensating compete competes competing
competitor competitors compiler compiles complaint complement complements completeness completions complicate compose
composition compress compresses compressing comprised compromises compromising computationally concatenates conceal
concentrated concentrates concentrator conceptual conceptually conclude conclusion conclusions concrete conda
conditionally conditionals conducted conducting confident confidently confined confirmations confirming conflicting
conform conforms confuse confused confusing congestion congress connector cons consent consequences considerable
considers consoles constants constrain constrained constructed constructing constructs consultant consulting
contacting contacts containerd containerization containerize containment contend contention contiguous continually
continuing contractor contractors contractual contrary contributes contributing contribution contributions
contributors conventional converge convergence conversational conversations converse cookie cooks cooldown coordinated
coordination coordinator copper copyright copyrighted cornerstone corporation corrections correctness correlate
correlates correlations corresponds corrupt corrupted corrupting cosine counted counter counties couple coupling court
courts covert crack cracked cracking crafted crafting cram crate crates crawls creative creds cries crime crimes
criminals criterion criticality crontab crops crossed crosses crossover crown crowns cryptocurrency cryptography
cultural culture cumbersome cumulative curate curates curation currency curriculum curse curtain curves custodian
customise customizations customizing cutover cuts cyberattack cybersecurity daemons dances dangerous dark dashes
dataframe datastores datetime deactivated deadline deallocating deals dealt deauthentication debit decade decades
decay deceive decent decimal declaratively declares decode decoded decoding decommission decommissioning decoupled
decouples decoupling decoy decreased decrypting dedicate dedicates deduce deduction deduplication deemed deepen deeply
defect defects defend defends defer deflect deflects degrade degraded degrades degrees delayed delaying delays
delegated delegating delegation deliberately delimited delimiter delimiters deliveries delta demo demographic
demonstrated demonstrating demonstration dendrogram denoted denotes density depleted depleting depletion deposits
deprecate depreciated deprovisioned deprovisioning deregistered derivative descending descent designate designs
desirable desk destined destroying destroys destruction detailing detectable detections detector deter deterrent
detonation developments devops devs diabetes diagnosis diagnostics diagonal dialing dialog dialogs dictates dies
differentiate differentiating difficulties difficulty digest digit digitally digits digs diligence dimensional
dimensionality dining directing directives directs dirty disables disabling disadvantage disadvantages disappear
discarded discards discipline disconnect disconnected discourage discovering discovers discreet discrimination
discussed discussion discussions disease diseases disguised disparate dispersed displaying disposition disrupting
disruptive dist distant distinguishes distinguishing dive diverge diversify divide divides diving division doctor
doctors documenting dogs dollars dominant dominate doors dormant dotted downloadable downsides downward dozens draft
drag drain drained draining drastically draw drawing draws dreams dress drill drills drinks drone drones dropping
dtype dual dump dumps duplicated duplicating durably durations dwell dynamo dynamodb earned earning earnings earns
earthquakes eats echo economic economics ecosystems edges editable edited editions editors edits education educational
eight elapsed elasticache elected election electrical electricity electron electronically electrons elevate
eligibility eliminated elimination embeds emergency emission emitted emotional emphasis emphasize emphasizes empire
empires empirical employ employed employer employing employment employs emulate emulates encapsulate encapsulated
encapsulates encapsulation enclaves enclosed encodes encompasses encounters encourage encourages enemies enemy energy
engaging engineered english enhancement enhancements enormous enrich enriched enrichment enrolled ensemble
entertainment entice entirety entitlement entrance entropy entrypoint enum enumerate envelope epoch epochs equality
equals equation equations erase escalate escort escrow espionage estate estimating estimation estimator ethernet
ethical ethics evacuate evacuation evade evasion evicted eviction evolve evolves evolving exabytes examination
examined examines excels exceptional exceptionally excerpt exchanged exchanges exchanging excluded excluding exclusion
exec executables executive executives exhaust exhausted exhaustion exhaustive existed existence exits expanded
expanding expansion expansive expectation expecting expedited expended expenditure expenditures experienced
experimenting expert explainable exploitable exploitation exploratory explored explores exponentially exporting
exports express extensively extent eyes fabric facebook facets facilitate facilitated factual fading failovers fair
fairness fallback falling familiarity familiarize famous farm fatal fatigue faults faulty favorite faxes feasibility
feast federal federate feeding feeling feels fellow fence fetches fetching fiber fidelity fight fights figures
filename filling fills film filming films filterable financially finer fingerprints finishes fire fired fires firm
firms firmware firstly fishes fitted fitting fixing flagged flash flavors flaw flaws fleets flies flight float flooded
flooding floods floor floors flower flowers flowing fluctuates fluctuations folds food forced forcing forecasted
forecasts foreground forensic forensics forest forever forge forgery forges forget forging forgotten fork formation
formed former formulas forth forum forums foundations frac fragment fraudulent fraudulently freedom freezes
frequencies freshness friction friend friends fuels fulfill fulfilled fulfilling functionally functioning funding
funds funnel funnels funny fused fuses fusing fusion gaining games garden gardening gardens gases gate gates gathered
gauge gcloud gear gender generalize generalizes generator generators genes genetic genomics genuine genuinely
geographies geolocation geometry geospatial giant gigabyte gigabytes glacier glance glass golden gone gonna gotten
governed governing governments governs grab grace gracefully grade gradients gradual grain grained grand graphic
graphics gravity greatest greatly grounding grown gsutil guard guardrail guards guessed guesses guided guideline
guiding habits hacked hacker hackers hacking hacks hallucinations halt halve halving handbook handlers hands
handshakes handwriting handwritten handy happy hardcode hardcoded harden hardened hardest harmless harsh harvest
harvesting harvests hashed hatching hate haven headless healing hear heard hears heart hearts heat hello helm helpers
heuristic heuristics hexadecimal hiding hierarchically hierarchies highlighted highlighting hijacking hills hint hints
hired hiring histograms hitting holder hole holistic homepage honeypots hook hope hopping hops horse horses hospitals
hotspots housed houses hover html httpd hubs hundred hypervisor hyphens hypothesis icons ideally identically ignores
illegal illustrates imagine imbalanced imitation immutability impaired impersonate impersonation implication imply
importing imports impose imposed impractical imputation inaccuracies inaccurate inactive inactivity inadvertent
inappropriate incentives inches incl inclusion inclusive inclusiveness income incompatible incomplete inconsistencies
incorporated incorporates incorrectly incremented incrementing incurred indeed independence indices indirect
indirectly industrial ineffective inefficient inert inexpensive infect infected infecting infection inferences
inferencing inferred infinite infinitely influenced influences inform informal informational informative informs
infrastructures ingested ingesting ingests inherent inherently inheriting inherits initializes initializing initiates
initiating injected injecting injections injects inner innovate inserted inserting inserts inspecting inspections
instability installations instantiate instantiated instantiation institution institutions instruct instructed
instructing instructor instructs instrument instrumentation instrumented insurance integral integrators intelligently
intend intensity intention intentional intentionally inter intercepted interception intercepts interconnect
interdependent interested interesting interference interfering interim intermittent intermittently international
interoperability interpolation interpretable interpretation interpreted interpreter interprets intersection interview
interviews intranet intricacies intricate intrinsic introduction intruders intrusions intuition intuitive invalidate
invalidation invent inventor inventories inverse invest investigates investigating investigations invitation invite
invited inviting invocation invoice invokes invoking involvement iops iptables iris irrelevant irrespective island
islands isolates iteratively iterator jacks jargon joint journal judges judgment jumping jumps jurisdiction
justification justified justify keyboard keyboards keystrokes kicks kiddies kidney kidneys kill kings kitchen kits
knits knobs kube kubeadm kubeconfig kubelet kustomize lacks lambdas land landmarks lands landscape laptops laser
latent lateral laterally latter laughs layout lazy leader leaderboard leaderboards leaf leakage leaked leaps learner
learnt lease lecture ledger legally lends lengths lesser lesson lessons letting lever leveraged levers
lexicographically licence licences lifecycles lift lifts lighting lights likes limitless lineage linearly linkage
linking lint linux lions liquids listeners listens listings literal litigation lived liveness liver living
loadbalancer loan locality localized locates locating lockout logistic logit logo logon logos logout longest looked
loopback loose loosely loses loved lovers loves lowering lowers luck lucky lunch lungs macro macros magic magnitude
mailbox mailboxes maintainability maintainable malformed maliciously manageable manifests manipulated manipulates
manipulating manipulation manufacturer mapper markdown marker markets marking marks masked masking masks mass mastered
masters materialized mathematically matrices mature maturity maxed maximizes meals meanings mechanical mechanics
mediums melts memberships memcached memorization memorizing mental merged merges mesh meta metal metals metastore
meter metered meters methodology mgmt mice micro microphone microsecond microseconds microservice microsoft migrates
milestones military milks mimic mimics mine minima minimise minimization minimized minority mins minus mirroring
misclassification misclassified misleading missed misses mistake misuse mitigated mitigates mitigations mixes mixing
mixture mlflow mobility mock modeled modem moderate moderation modernization modernize modest monetary monolith
monolithic monotonic moon moons morning mother motherboard motion motivation motivations mountains mounting mouse
mouth movie movies multicloud multidimensional multimedia multimodal multipart multiples multiplied muscle muscles
mutable mutually myself naive naked nano narrative narrow national navigating negates negatives negligible negotiate
negotiating negotiation neighbor neighborhood neighbors nerves nest nesting neurons neutral neutron neutrons newest
nginx nicely niche nightly nobody nonce norm normalize normalized nose notation noted notices notifies notifying
notion nouns novel novice nslookup nuances nulls numpy nurse nurses oauth obfuscation obligations observability
observable observation observed observes observing obtaining obvious obviously occasional occasionally occlusion
occupy occurrence ocean oceans octet offboarding offensive officer officers offices offset offsite oldest omit omitted
onboarding opinion opportunity oppose opposite optical optimise optimizer optimum orange orbit orbits orchestrated
orchestrates orchestrator ordinal ordinary orgs orientation oriented originated originates originating orphaned
orthogonal ourself ourselves outdated outer outlier outline outlined outlines outlining outrage outsourced ovens
overarching overcome overfit overflow overflows overheads overkill overlay overload overloaded overly overpaying
overshoot oversight overtime overwhelm overwhelmed overwhelms overwritten owning pace packaging packed packer packs
pagination painting paints pairing papers paradigm parallelism parallelization parallelize param parameterized
paramount params parents parity parked parking parliament parses participants partions partnership passage passphrase
passwordless pasting patched patent patients pause pauses payer payers payloads payroll pays peace peaks peeking
peerings peers perceived percentages percentile perception perfectly performant perimeters permissive permit permits
persona personalization persons perspectives petabyte phenomena phenomenon philosophy phrases picked picking picks
pillar pilot pings pinned pinpoint pins pipe pipes pitch pitfalls pivot pixel pixels planes planet planets plant
plants plate plausible playback playbooks player players playing plays plenty plotted plug pockets poems poets pointed
pointer pointers poisoning pole police political polled polls polygons polynomial pooled pooling poorly populate
populated population portability portfolio portfolios portions pose positions positives possesses possession
possibility postal posted postgres posting postponed pours powers powershell practise practised practises precisely
preconfigured predecessor predetermined predicate predicates predictability predictor preemptible preemption
preferable preference prefixed prem prep prepares prerequisite prerequisites presentation presenting preservation
preserves preserving preset presets pretend pretty preventative preventive prime primes princes princess printer
printing prints priorities prioritization prioritizes prison prisons prize probabilistic probabilities probable probe
probes proc procedural proceeding proceeds processors procurement productive profiling programatically programmable
programmed progressively prohibit prohibited projections prolonged promotes promoting promotion promotions prompting
promptly prone propagated propagates propagation propogate proportion proportional proportions propose prose protest
proto proton protons prototyping proven provenance proves proxying prune pruning psychological publication publisher
pulling pulls punctuation purchases pure purge purple pursuing pushes putting pytest quadratic qualify qualitative
quantifies quantify quantitative quarantine quarter quarterly queens queryable quest queued quicker quickstart quiet
quiz quote quotes race radiate rainbow raised raises raising rally ramp randomization randomized ranked ranking ranks
ransom ransomware rating rationales reachability reacting reactive readability readily readings realized realm realms
realtime reasonably reasoning rebooted rebooting receipt receipts receiver receivers reception recipe recipes
recipient recipients reclaim reclaims recognizable recognized recognizes recognizing recommender reconciles
reconciliation reconnect reconstruct recordings recoverable recovers recreates rectangular recurrence recursively
redact redaction redeploy redeploying redirected redirection redis redistribute redshift redundantly refactor
referencing referring refinement reflecting reflection refreshed refund refuse refused regenerate regex registrar
registrars registrations regressions regulate regulates regulator regulators rehost rehydrate rehydrated rehydration
reinforce reinforcement rejection rejects relates relations relay releasing reliant reload remapped remapping
remembers removable renamed renaming rendered rendering renders renewal renting reorganize repair repeatability
repetition replicaset replications replies reply repos representatives reproduce reproducibility reputation
reputational requester reroute rerun researchers resemble resembles reservations reserves reserving reservoir resets
resharding residents residual residue residues resistance resolving resort resourcing respects responsibly restarting
restaurant restaurants restoration resumed retailer retina retire retired retires retrain retried retrievable retro
retrying reuses reusing revealing reveals revenge reversed reversible reviewer reviewers revisions revocation revoked
revokes revoking revolve rewards rewrite rewrites rewriting rides rightsizing ring rise rises rivers road roads robin
robot rocket rockets rocks rogue rolls roof roofs rooms rootkits roots rotates rotating rotations rough roughly
rounded routable routinely routines rover rugged runbook runner rushing safeguarding safeguards safer sails sake
salary sale salt salting salts sands sanitized satellite satisfaction satisfied satisfies satisfy scalar scams scanner
scanners scatter scene schemaless school scientist scoping scored screened screens screenshot screenshots scroll
sealed searched season seasonal seasonality seats secrecy secretly secs sector secures seeds seek seeking seeks seem
seemingly segmenting segregation selections selective selectively selectors seller selling sells semantically
semantics senate senior sentence separates separating separator sequences sequencing serialized serially settlers
seven severe sews shaded shadows shakes shapes sharding shareable sharks sharp sheep sheet shelf shells shifting
shines ships shirts shoes shoot shop shortcut shortcuts shorten shortest shorthand shots shoulder shrink shrinking
shuffle shuts shutting sidecar sides sight sights signup silence silent silently silos silver similarities similarly
simplification simulated simulator simultaneous sings singular sink sizing skew skewed skipped slack slash slashes
slave slaves sleep sleeps slices slick slide slides slight slip slope slot slots slowdowns slowest slows smartphones
smell smells smoke smooth snippet snowball socket sockets socks softwares sold soldiers sole solids solving somehow
sometime somewhat sorts sounds sourced sovereign spanning spark spatial spawn speak speaker speaks specialists
specializes specializing specialty species specifics specs spectrum speedup spends spiky spills spinning spins spoke
spoofed spoofing sports spots spotting spreadsheets springs sprint spun square squared squares stabilize staged
stakeholder staleness stamp stand standardize standardizes standing standpoint stars startups stated stating station
stations statistic statistically stats statuses staying stderr stdout steady stealing steals steep steers stem
stickiness sting stirs stock stole stone stones stories storm storms story strain stratified streamed streamlined
streamlines streamlining street streets strengthen strengthens stretching stricter stringent strongest structural
struggle struggling stuck studies sturdy subcommands subdirectories subdirectory subdomain subdomains subfolder
subjected subjects submission submissions submits submitted submitting subnetting subs subsequently substantial
substantially substitute substitutes substitution subtitles subtle subtract subtracting succeeded successive successor
suffer suffering suffers sugar suggested suggesting suggestion suggests suites summarize summarized summarizes
summarizing sunset super superior superset supplement suppliers supplies supplying suppose suppress suppression
surfaces surfing surge surveys survive survives susceptible suspect suspected suspension sustain sustained swamp swaps
sweeps swims swings switched symbol symbolic symbols symptoms synchronizes syncs synthesis synthetic systematically
systemctl systemd tablet tablets tabs tactics tail tailor taint tainted taints takeaways takeover talked talks tamper
tampering tangible tapping taps tastes taxes taxonomy teach teaches teaching teardown technically technological
telecom telecommunications telephone telling temp temporal tendency tends tens terminals terminating terraform testers
texts textual thanks thats theme themes theoretical theory thereafter thereby theta thin thinking thinks thorough
thoroughly thousand thread threads throttle throttled throws thumbnail ticketing tickets tiered ties tigers tight
tighter tile tiles till timed timeframe timelines timer tiny tires tissue tissues tokenization tolerant tolerations
tomorrow tone toolkit topologies torn totally totals touch touches tough toward tower towers toxic traceability trade
tradeoff tradeoffs trading trailing trainable trains traits transcoding transcript transcription transcripts
transfered transformer transformers transitioned transitioning translated translations transmissions transmitting
transparently transportation trap trash traveling traverse traverses traversing treads treaties treating treatment
treaty trembles trend triad triage trials tribes tricks tricky tried trillions trips trojans trouble truck truly
truncation trusts trustworthy tumor tunneling tuple turning turnkey tutorial tutorials tweak tweaks twin twine tying
typed ubiquitous ubuntu ultimate ultimately unacceptable unaltered unauthenticated unaware unbounded uncertain
uncertainty unchanged unclear uncommitted uncompressed uncontrolled uncover underfitting underneath underscore
underscores understands understood uneven unfamiliar unformatted unidirectional unifies uniform uniformly uninstall
unintelligible unintentional unintentionally uninterrupted uniqueness unite universally university unlabeled unlikely
unlock unlocked unlocking unmodified unneeded unofficial unpatched unprocessed unreachable unreadable unrealistic
unrecoverable unrelated unresponsive unsafe unsecure unsecured unseen unsolicited unstable unsuitable unsupervised
unsupported unsure untouched untrusted unusable upcoming upgraded upgrading uppercase upsert upstream upto upward
urgent urls usability useable usefulness useless userdata userspace usual utilisation utterance vacation vague valley
valleys valued valve valves variability variant varieties vars vaults vcore velocity verbose verbs verifiable
versatile vertically vetting viable victims viewable viewer violated violates violation viral virus viruses visited
visiting visitor visitors visits visualizes visualizing visuals vitals volatile vote voters votes voting vscode waiter
walk walks walkthrough walls warn wars washes waste wasted wasteful wasting watched watching water waters waves waving
weakness weaknesses wealthy webapp webhook webhooks webpage webpages webserver webservers weeds weekend weigh weighs
went whales whats wheat wheel wheels whereby wherever whichever whilst white whitelist whitelisted whitelisting
whitepaper widen wider widespread widget widgets width wildcard wildcards willing winding windowing wins wipe wiped
wired wise witches withstand wooden wording wordpress workbooks workforce workplace workstation worlds worms worried
worrying worse worst wound wrap wrapped wrapping writer writers wrote yearly yellow yield yields zonal
""".split()
)
"""Words that three to seven of them use, and some of everyday life; what was plainly misspelt was taken out."""
