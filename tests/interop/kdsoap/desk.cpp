// The help desk: a brand with a department, made through svcStructure, looked at
// through both services, and removed with all that it has.

#include "caller.h"

using namespace Structure;

static const QString DEPARTMENT = QString("Department ") + ROUND_TRIP;

static int brand_comes(Caller &caller, const QString &name)
{
    auto request = caller.as_administrator<TNS__CreateBrand>();
    request.setName(name);
    int id = ANSWER(caller, structure, createBrand, request, Success).id();
    caller.checks.holds("id of a new brand", "1 or more", id >= 1, QString::number(id));
    ANSWER(caller, structure, createBrand, request, AlreadyExists, "name");
    return id;
}

static QList<TNS__Department> our_departments(Caller &caller, int brand)
{
    QList<TNS__Department> ours;
    auto all = caller.as_administrator<TNS__ListDepartments>();
    for (const auto &department : ANSWER(caller, structure, listDepartments, all, Success).departments().department())
        if (department.brandId() == brand)
            ours += department;
    return ours;
}

static void department_comes(Caller &caller, int brand)
{
    auto request = caller.as_administrator<TNS__CreateDepartment>();
    request.setBrandId(brand);
    request.setName(DEPARTMENT);
    request.setIsInternal(false);
    request.setLimitedToRoles(shorts<TNS__ArrayOfShort>({AGENT}));
    request.setFrontLineGroup("Front line");
    int id = ANSWER(caller, structure, createDepartment, request, Success).id();
    auto ours = our_departments(caller, brand);
    caller.checks.equal("departments of the brand", 1, int(ours.size()));
    caller.checks.equal("its name", DEPARTMENT, ours[0].name());
    caller.checks.equal("its LimitedToRoles", QList<int> {AGENT}, ours[0].limitedToRoles().short_());
    caller.checks.equal("its IsInternal", false, ours[0].isInternal());
    QStringList groups;
    auto all = caller.as_administrator<TNS__ListGroups>();
    for (const auto &group : ANSWER(caller, structure, listGroups, all, Success).groups().group())
        if (group.departmentId() == id)
            groups += group.name();
    caller.checks.equal("groups of the department", {"Front line"}, groups);
}

static void lists(Caller &caller, const QString &brand, int id)
{
    QStringList names;
    auto all = caller.as_administrator<Organization::TNS__GetAllBrands>();
    for (const auto &row : ANSWER(caller, organization, getAllBrands, all, Success).brands().brandInfo())
        if (row.iD() == id)
            names += row.name();
    auto request = caller.as_administrator<Organization::TNS__GetDepartmentsForBrand>();
    request.setBrandID(id);
    auto answer = ANSWER(caller, organization, getDepartmentsForBrand, request, Success);
    for (const auto &row : answer.departments().departmentInfo())
        names += row.name();
    caller.checks.equal("our brand and its departments", {brand, DEPARTMENT}, names);
}

void desk(Caller &caller)
{
    auto brand = QString("Brand ") + ROUND_TRIP + " " + caller.unique;
    int id = brand_comes(caller, brand);
    department_comes(caller, id);
    lists(caller, brand, id);
    auto request = caller.as_administrator<TNS__RemoveBrand>();
    request.setBrandId(id);
    request.setCascade(false);
    ANSWER(caller, structure, removeBrand, request, RuleBroken, "brandId");
    request.setCascade(true);
    ANSWER(caller, structure, removeBrand, request, Success);
    ANSWER(caller, structure, removeBrand, request, NotFound, "brandId");
    caller.checks.equal("departments at the end", 0, int(our_departments(caller, id).size()));
}
