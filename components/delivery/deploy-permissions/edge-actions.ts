import { logDelivery, type TypeActions } from "./shared-actions.ts";

const balancerTags = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"] as const;

/**
 * Load balancer, names, certificates and firewall. Sources: see network-actions.ts. From memory: the provider makes a rule
 * of a web ACL by updating the ACL, so it needs no other action.
 */
export const edgeActions: TypeActions = {
  "aws:acm/certificate:Certificate": [
    "acm:AddTagsToCertificate",
    "acm:DeleteCertificate",
    "acm:RemoveTagsFromCertificate",
    "acm:RequestCertificate",
    "acm:UpdateCertificateOptions",
  ],
  // No action: it only waits until the certificate is valid.
  "aws:acm/certificateValidation:CertificateValidation": [],
  "aws:lb/listener:Listener": [
    "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:DeleteListener",
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:ModifyListenerAttributes",
    ...balancerTags,
  ],
  "aws:lb/listenerRule:ListenerRule": [
    "elasticloadbalancing:CreateRule",
    "elasticloadbalancing:DeleteRule",
    "elasticloadbalancing:ModifyRule",
    "elasticloadbalancing:SetRulePriorities",
    ...balancerTags,
  ],
  "aws:lb/loadBalancer:LoadBalancer": [
    "elasticloadbalancing:CreateLoadBalancer",
    "elasticloadbalancing:DeleteLoadBalancer",
    "elasticloadbalancing:ModifyLoadBalancerAttributes",
    "elasticloadbalancing:SetIpAddressType",
    "elasticloadbalancing:SetSecurityGroups",
    "elasticloadbalancing:SetSubnets",
    ...balancerTags,
  ],
  "aws:lb/targetGroup:TargetGroup": [
    "elasticloadbalancing:CreateTargetGroup",
    "elasticloadbalancing:DeleteTargetGroup",
    "elasticloadbalancing:ModifyTargetGroup",
    "elasticloadbalancing:ModifyTargetGroupAttributes",
    ...balancerTags,
  ],
  "aws:route53/healthCheck:HealthCheck": [
    "route53:ChangeTagsForResource",
    "route53:CreateHealthCheck",
    "route53:DeleteHealthCheck",
    "route53:UpdateHealthCheck",
  ],
  "aws:route53/record:Record": ["route53:ChangeResourceRecordSets"],
  "aws:wafv2/ipSet:IpSet": [
    "wafv2:CreateIPSet",
    "wafv2:DeleteIPSet",
    "wafv2:TagResource",
    "wafv2:UntagResource",
    "wafv2:UpdateIPSet",
  ],
  "aws:wafv2/webAcl:WebAcl": [
    "wafv2:CreateWebACL",
    "wafv2:DeleteWebACL",
    "wafv2:TagResource",
    "wafv2:UntagResource",
    "wafv2:UpdateWebACL",
  ],
  // WAF and the load balancer both check permissions.
  "aws:wafv2/webAclAssociation:WebAclAssociation": [
    "elasticloadbalancing:CreateWebACLAssociation",
    "elasticloadbalancing:DeleteWebACLAssociation",
    "elasticloadbalancing:SetWebAcl",
    "wafv2:AssociateWebACL",
    "wafv2:DisassociateWebACL",
  ],
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": [
    "wafv2:DeleteLoggingConfiguration",
    "wafv2:PutLoggingConfiguration",
    ...logDelivery,
  ],
  "aws:wafv2/webAclRule:WebAclRule": ["wafv2:UpdateWebACL"],
};
