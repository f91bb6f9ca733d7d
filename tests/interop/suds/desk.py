"""The help desk: a brand with a department and its groups, made through
svcStructure, looked at through both services, and removed with all that it has."""

from caller import ALREADY_EXISTS, NOT_FOUND, ROUND_TRIP, RULE_BROKEN

AGENT = 4


class Desk:
    def __init__(self, caller):
        self.caller = caller
        self.define = caller.define
        self.checks = caller.checks
        self.brand = f"Brand {ROUND_TRIP} {caller.unique}"
        self.department = f"Department {ROUND_TRIP}"

    def tell(self):
        brand_id = self.brand_comes()
        self.department_comes(brand_id)
        self.lists(brand_id)
        self.define("RemoveBrand", RULE_BROKEN, ["brandId"], brandId=brand_id, cascade=False)
        self.define("RemoveBrand", brandId=brand_id, cascade=True)
        self.define("RemoveBrand", NOT_FOUND, ["brandId"], brandId=brand_id, cascade=True)
        self.checks.equal("departments at the end", [], self.our_departments(brand_id))

    def brand_comes(self):
        brand_id = self.define("CreateBrand", name=self.brand).Id
        self.checks.holds("id of a new brand", "1 or more", brand_id >= 1, brand_id)
        again = self.define("CreateBrand", ALREADY_EXISTS, ["name"], name=self.brand)
        self.checks.equal("Id of a refused create", 0, again.Id)
        return brand_id

    def department_comes(self, brand_id):
        department_id = self.define(
            "CreateDepartment",
            brandId=brand_id,
            name=self.department,
            isInternal=False,
            limitedToRoles={"short": [AGENT]},
            frontLineGroup="Front line",
        ).Id
        expected = [(department_id, self.department, False, [AGENT], 1)]
        self.checks.equal("departments of the brand", expected, self.our_departments(brand_id))
        groups = self.define("ListGroups").Groups.Group
        ours = [
            (group.Name, group.IsFrontLine)
            for group in groups
            if group.DepartmentId == department_id
        ]
        self.checks.equal("groups of the department", [("Front line", True)], ours)

    def our_departments(self, brand_id):
        """suds shows an empty list as an empty text."""
        departments = self.define("ListDepartments").Departments
        return [
            (row.DepartmentId, row.Name, row.IsInternal, row.LimitedToRoles.short, row.Position)
            for row in (departments.Department if departments else [])
            if row.BrandId == brand_id
        ]

    def lists(self, brand_id):
        brands = self.caller.call("GetAllBrands").Brands.BrandInfo
        names = [brand.Name for brand in brands if brand.ID == brand_id]
        self.checks.equal("our brand among all", [self.brand], names)
        answer = self.caller.call("GetDepartmentsForBrand", BrandID=brand_id)
        names = [department.Name for department in answer.Departments.DepartmentInfo]
        self.checks.equal("departments of our brand", [self.department], names)
