/**
 * Service-linked roles by resource type. The first resource of a service in an account makes its role with the permissions
 * of the caller, so the deploy role needs permission for it. Names from AWS's "FullAccess" policies of the services; those
 * of EKS and node groups from the EKS guide ("Using service-linked roles"), that of Shield from the Shield guide
 * ("AWS managed policies", AWSShieldServiceRolePolicy), that of MSK autoscaling from the Application Auto Scaling guide
 * ("Amazon MSK").
 */
export const linkedRoles: Readonly<Record<string, readonly string[]>> = {
  "aws:accessanalyzer/analyzer:Analyzer": ["access-analyzer.amazonaws.com"],
  "aws:amp/scraper:Scraper": ["scraper.aps.amazonaws.com"],
  "aws:appautoscaling/target:Target": ["kafka.application-autoscaling.amazonaws.com"],
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": ["restore-testing.backup.amazonaws.com"],
  "aws:backup/selection:Selection": ["backup.amazonaws.com"],
  "aws:ec2/flowLog:FlowLog": ["delivery.logs.amazonaws.com"],
  "aws:eks/cluster:Cluster": ["eks.amazonaws.com"],
  "aws:eks/nodeGroup:NodeGroup": ["eks-nodegroup.amazonaws.com"],
  "aws:elasticache/replicationGroup:ReplicationGroup": ["elasticache.amazonaws.com"],
  "aws:guardduty/detector:Detector": [
    "guardduty.amazonaws.com",
    "malware-protection.guardduty.amazonaws.com",
  ],
  "aws:inspector2/enabler:Enabler": ["agentless.inspector2.amazonaws.com", "inspector2.amazonaws.com"],
  "aws:lb/loadBalancer:LoadBalancer": ["elasticloadbalancing.amazonaws.com"],
  "aws:msk/cluster:Cluster": ["delivery.logs.amazonaws.com", "kafka.amazonaws.com"],
  "aws:rds/instance:Instance": ["rds.amazonaws.com"],
  "aws:securityhub/account:Account": ["securityhub.amazonaws.com"],
  "aws:shield/protection:Protection": ["shield.amazonaws.com"],
};
