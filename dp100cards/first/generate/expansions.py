"""What well-known abbreviations of computing stand for, to tell where notes say something else.

A note that spells one out otherwise is either wrong ("Transport Control Protocol") or means another thing (CI, a
configuration item): neither is asked before the learner has said yes.
"""

from __future__ import annotations

from dp100cards.first.generate.stems import stems

_EXPANSIONS = """
ACID atomicity, consistency, isolation, durability
ACL access control list
ACM AWS Certificate Manager
AES Advanced Encryption Standard
AKS Azure Kubernetes Service
ALB Application Load Balancer
AMI Amazon Machine Image
API application programming interface
ARM Azure Resource Manager
ARN Amazon Resource Name
ASG Auto Scaling group
AWS Amazon Web Services
BGP Border Gateway Protocol
CDC change data capture
CDK Cloud Development Kit
CDN content delivery network
CI continuous integration
CD continuous delivery
CIDR classless inter-domain routing
CLI command-line interface
CNN convolutional neural network
CNI Container Network Interface
CORS cross-origin resource sharing
CPU central processing unit
CRD custom resource definition
CSRF cross-site request forgery
CVE Common Vulnerabilities and Exposures
DAG directed acyclic graph
DDoS distributed denial of service
DHCP Dynamic Host Configuration Protocol
DLP data loss prevention
DMZ demilitarized zone
DNS Domain Name System
EBS Elastic Block Store
EC2 Elastic Compute Cloud
ECR Elastic Container Registry
ECS Elastic Container Service
EFS Elastic File System
EKS Elastic Kubernetes Service
ELB Elastic Load Balancing
ELT extract, load, transform
EMR Elastic MapReduce
ENI elastic network interface
ETL extract, transform, load
FIFO first in, first out
FPGA field-programmable gate array
FQDN fully qualified domain name
FTP File Transfer Protocol
GPU graphics processing unit
HDD hard disk drive
HDFS Hadoop Distributed File System
HSM hardware security module
HTML HyperText Markup Language
HTTP Hypertext Transfer Protocol
HTTPS Hypertext Transfer Protocol Secure
IaaS infrastructure as a service
IaC infrastructure as code
IA infrequent access
IAM identity and access management
ICMP Internet Control Message Protocol
IDE integrated development environment
IDS intrusion detection system
IOPS input/output operations per second
IoT Internet of Things
IP Internet Protocol
IPS intrusion prevention system
ISP internet service provider
JSON JavaScript Object Notation
JWT JSON Web Token
KMS Key Management Service
KNN k-nearest neighbors
KPI key performance indicator
LAN local area network
LDAP Lightweight Directory Access Protocol
LLM large language model
LSTM long short-term memory
MAE mean absolute error
MFA multi-factor authentication
MITM man in the middle
ML machine learning
MSE mean squared error
NAT network address translation
NACL network access control list
NFS Network File System
NIST National Institute of Standards and Technology
NLB Network Load Balancer
NLP natural language processing
NSG network security group
NTP Network Time Protocol
OCI Open Container Initiative
OCR optical character recognition
OLAP online analytical processing
OLTP online transaction processing
OSI Open Systems Interconnection
OSINT open-source intelligence
PaaS platform as a service
PCA principal component analysis
PCI payment card industry
PHI protected health information
PII personally identifiable information
PKI public key infrastructure
PVC PersistentVolumeClaim
RAG retrieval-augmented generation
RAID redundant array of independent disks
RAM random access memory
RBAC role-based access control
RDP Remote Desktop Protocol
RDS Relational Database Service
REST representational state transfer
RMSE root mean squared error
RNN recurrent neural network
ROC receiver operating characteristic
RPC remote procedure call
RPO recovery point objective
RTO recovery time objective
S3 Simple Storage Service
SaaS software as a service
SAML Security Assertion Markup Language
SAN storage area network
SAS shared access signature
SBOM software bill of materials
SDK software development kit
SFTP SSH File Transfer Protocol
SIEM security information and event management
SLA service level agreement
SMB Server Message Block
SMOTE synthetic minority oversampling technique
SMTP Simple Mail Transfer Protocol
SNMP Simple Network Management Protocol
SNS Simple Notification Service
SOAR security orchestration, automation and response
SQL Structured Query Language
SQS Simple Queue Service
SSD solid-state drive
SSH Secure Shell
SSL Secure Sockets Layer
SSO single sign-on
STS Security Token Service
SVM support vector machine
TCO total cost of ownership
TCP Transmission Control Protocol
TLS Transport Layer Security
TTL time to live
UDP User Datagram Protocol
URI Uniform Resource Identifier
URL Uniform Resource Locator
VHD virtual hard disk
VLAN virtual local area network
VM virtual machine
VPC virtual private cloud
VPN virtual private network
WAF web application firewall
WAN wide area network
XML Extensible Markup Language
XSS cross-site scripting
YAML YAML Ain't Markup Language
"""
_MEANS = {
    short: stems(long) for short, _, long in (line.partition(" ") for line in _EXPANSIONS.split("\n") if line)
}
_MAY_BE_SAID = stems("AWS Amazon Azure Microsoft Google cloud the system protocol service services")
"""What may stand beside an expansion, or be left out of it, and changes nothing."""


def is_otherwise(short: str, long: str) -> bool:
    """Does an abbreviation usually stand for something else than this?"""
    usual = _MEANS.get(short)
    if usual is None:
        return False
    said = stems(long)
    return bool((usual ^ said) - _MAY_BE_SAID)
