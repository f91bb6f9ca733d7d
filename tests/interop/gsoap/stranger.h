// Goes behind what wsdl2h writes: an operation of each service that the WSDL does not have.

//gsoap organization service method-action: NoSuchOperation "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx/NoSuchOperation"
int __organization__NoSuchOperation(
    struct _organization__GetServerName *organization__NoSuchOperation,
    struct _organization__GetServerNameResponse *organization__NoSuchOperationResponse);

//gsoap structure service method-action: NoSuchOperation "urn:asmxd:svcStructure:1/NoSuchOperation"
int __structure__NoSuchOperation(
    struct _structure__ListBrands *structure__NoSuchOperation,
    struct _structure__ListBrandsResponse *structure__NoSuchOperationResponse);

//gsoap accounts service method-action: NoSuchOperation "urn:asmxd:svcAccounts:1/NoSuchOperation"
int __accounts__NoSuchOperation(
    struct _accounts__ListRoles *accounts__NoSuchOperation,
    struct _accounts__ListRolesResponse *accounts__NoSuchOperationResponse);
